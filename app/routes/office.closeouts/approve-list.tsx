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
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './close-outs.module.css';

export interface ApproveRow extends SessionView {
  deviates: boolean;
  differences: string[];
  notes: string;
  privateNote: string;
}

interface Props {
  rows: readonly ApproveRow[];
  answer: { sessionId: string; reason: string; problem: FormProblem } | undefined;
}

/** One form for all: tick and approve, or one at a time, or back to its tutor. Those as planned come ticked. */
export function ApproveList({ rows, answer }: Props) {
  const [ticked, setTicked] = useState<readonly string[]>(() => rows.filter((row) => !row.deviates).map((row) => row.id));
  const shown = ticked.filter((id) => rows.some((row) => row.id === id));
  const form = useFocusFirstError(answer);
  const mounted = useMounted();
  const { state, formData } = useNavigation();
  const busy = state !== 'idle' && formData !== undefined;
  const one = formData?.get('approve-one') ?? formData?.get('send-back');
  return (
    <Form method="post" ref={form} noValidate>
      <Stack gap="md">
        <ProblemAlert problem={answer?.problem} />
        <Group gap="md" className={styles.bar}>
          <Button type="submit" loading={busy && !one} disabled={mounted && shown.length === 0}>
            {mounted ? `Approve ${shown.length} ticked` : 'Approve all ticked'}
          </Button>
          {mounted ? (
            <Checkbox
              label="All"
              checked={shown.length === rows.length}
              indeterminate={shown.length > 0 && shown.length < rows.length}
              onChange={({ currentTarget: { checked } }) => setTicked(checked ? rows.map((row) => row.id) : [])}
            />
          ) : null}
        </Group>
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.id} className={styles.row}>
              <Checkbox
                name="session"
                value={row.id}
                aria-label={`Approve ${row.title}, ${row.when.long}`}
                checked={ticked.includes(row.id)}
                onChange={({ currentTarget: { checked } }) =>
                  setTicked((before) => (checked ? [...before, row.id] : before.filter((id) => id !== row.id)))
                }
              />
              <Row row={row} busy={one === row.id} refused={answer?.sessionId === row.id ? answer : undefined} />
            </li>
          ))}
        </ul>
      </Stack>
    </Form>
  );
}

function Row({ row, busy, refused }: { row: ApproveRow; busy: boolean; refused: Props['answer'] }) {
  return (
    <Stack gap={6} className={styles.body}>
      <Group gap="xs" align="baseline">
        <Anchor component={Link} to={row.href} fw={600}>
          {row.title}
        </Anchor>
        <Text size="sm" className="tabular">
          {row.when.day}, {row.when.time}
        </Text>
        {row.deviates ? (
          <StatusBadge label="Differs from the plan" tone="attention" />
        ) : (
          <StatusBadge label="As planned" tone="good" />
        )}
      </Group>
      <Text size="sm">
        {row.students.map((student) => student.name).join(', ')} with {row.tutorName}
      </Text>
      {row.differences.length > 0 ? <Text size="sm">{row.differences.join(' · ')}</Text> : null}
      <Labelled label="Private note" text={row.privateNote} />
      <Labelled label="Progress" text={row.notes} />
      <Group gap="xs" align="flex-start">
        <Button type="submit" name="approve-one" value={row.id} variant="default" size="xs" loading={busy}>
          Approve this one
        </Button>
        <details className={sections.more} open={refused !== undefined} style={{ marginTop: 0 }}>
          <summary>Send back</summary>
          <Stack gap="xs" mt={6}>
            <Textarea
              name={`reason.${row.id}`}
              label="What should be changed?"
              rows={2}
              defaultValue={refused?.reason}
              error={refused?.problem.errors.reason}
            />
            <Group>
              <Button type="submit" name="send-back" value={row.id} variant="default" size="xs">
                Send back to {row.tutorName}
              </Button>
            </Group>
          </Stack>
        </details>
      </Group>
    </Stack>
  );
}
