import { Anchor, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form, Link, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import sections from '#app/ui/session-sections.module.css';
import { Labelled } from '#app/ui/session-sections.tsx';
import type { SessionView } from '#app/ui/session-view.ts';
import { StatusBadge, type Tone } from '#app/ui/status-badge.tsx';
import styles from './close-outs.module.css';

export interface ApproveRow extends SessionView {
  version: number;
  /** Why it is worth a look; none: as planned. */
  differences: { text: string; tone: Tone }[];
  /** When it was and for how long, where anybody came; and the miles. */
  actual: string;
  notes: string;
  homework: string;
  /** The form on the tutor's behalf, which leads back here. */
  change: string;
}

/** A form that was not taken, or not for all: what was ticked and typed, and what is wrong at which session. */
export interface ApproveAnswer {
  problem: FormProblem;
  ticked: string[];
  /** By the session's id. */
  reasons: Record<string, string>;
  errors: Record<string, string>;
}

interface Props {
  rows: readonly ApproveRow[];
  answer: ApproveAnswer | undefined;
}

/** One form for all: tick and approve, or one at a time, or back to its tutor. Those as planned come ticked. */
export function ApproveList({ rows, answer }: Props) {
  const [ticked, setTicked] = useState<readonly string[]>(
    () => answer?.ticked ?? rows.filter((row) => row.differences.length === 0).map((row) => row.id),
  );
  const shown = ticked.filter((id) => rows.some((row) => row.id === id));
  const form = useFocusFirstError(answer);
  const mounted = useMounted();
  const { state, formData } = useNavigation();
  const busy = state !== 'idle' && formData !== undefined;
  const approved = formData?.get('approve-one');
  const sentBack = formData?.get('send-back');
  return (
    <Form method="post" ref={form} noValidate>
      <Stack gap="md">
        <ProblemAlert problem={answer?.problem} />
        <Group gap="md" className={styles.bar}>
          <Button type="submit" loading={busy && !approved && !sentBack} disabled={mounted && shown.length === 0}>
            {mounted ? `Approve ${shown.length} ticked` : 'Approve all ticked'}
          </Button>
          {mounted ? (
            <Checkbox
              label="All on this page"
              checked={shown.length === rows.length}
              indeterminate={shown.length > 0 && shown.length < rows.length}
              onChange={({ currentTarget: { checked } }) => setTicked(checked ? rows.map((row) => row.id) : [])}
            />
          ) : null}
        </Group>
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.id} className={styles.row}>
              <input type="hidden" name={`version.${row.id}`} value={row.version} />
              <Checkbox
                name="session"
                value={row.id}
                aria-label={`Approve ${row.title}, ${row.when.long}`}
                checked={ticked.includes(row.id)}
                onChange={({ currentTarget: { checked } }) =>
                  setTicked((before) => (checked ? [...before, row.id] : before.filter((id) => id !== row.id)))
                }
              />
              <Row
                row={row}
                approving={approved === row.id}
                sendingBack={sentBack === row.id}
                reason={answer?.reasons[row.id] ?? ''}
                error={answer?.errors[row.id]}
              />
            </li>
          ))}
        </ul>
      </Stack>
    </Form>
  );
}

interface RowProps {
  row: ApproveRow;
  approving: boolean;
  sendingBack: boolean;
  reason: string;
  error: string | undefined;
}

function Row({ row, approving, sendingBack, reason, error }: RowProps) {
  return (
    <Stack gap={6} className={styles.body}>
      <Group gap="xs" align="baseline">
        <Anchor component={Link} to={row.href} fw={600}>
          {row.title}
        </Anchor>
        <Text size="sm" className="tabular">
          {row.when.day}, {row.when.time}
        </Text>
        {row.differences.length === 0 ? <StatusBadge label="As planned" tone="good" /> : null}
      </Group>
      <Text size="sm">
        {row.students.map((student) => student.name).join(', ')} with {row.tutorName}
        <Text span size="sm" c="dimmed">
          {' '}
          · {row.program}
          {row.actual ? ` · told: ${row.actual}` : ''}
        </Text>
      </Text>
      {row.differences.length > 0 ? (
        <ul className={styles.reasons} aria-label="Worth a look">
          {row.differences.map(({ text, tone }) => (
            <li key={text} data-tone={tone}>
              {text}
            </li>
          ))}
        </ul>
      ) : null}
      <Labelled label="Progress" text={row.notes} />
      <Labelled label="Homework" text={row.homework} />
      <div className={styles.actions}>
        <Button type="submit" name="approve-one" value={row.id} variant="default" size="xs" loading={approving}>
          Approve this one
        </Button>
        <Anchor component={Link} to={row.change} size="sm" py={4} aria-label={`Change the close-out of ${row.title}`}>
          Change it
        </Anchor>
        <details className={sections.more} open={reason !== '' || error !== undefined} style={{ marginTop: 0 }}>
          <summary style={{ paddingBlock: 4, fontSize: 'var(--mantine-font-size-sm)' }}>Send back</summary>
          <Stack gap="xs" mt={6}>
            <Textarea
              name={`reason.${row.id}`}
              label="What should be changed?"
              description="The tutor gets this by mail"
              rows={2}
              defaultValue={reason}
              error={error}
            />
            <Group>
              <Button type="submit" name="send-back" value={row.id} variant="default" size="xs" loading={sendingBack}>
                Send back to {row.tutorName}
              </Button>
            </Group>
          </Stack>
        </details>
      </div>
    </Stack>
  );
}
