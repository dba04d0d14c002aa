import { Anchor, Button, Checkbox, Group, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { Form, Link, useLocation } from '@remix-run/react';
import { Fragment, type ReactNode } from 'react';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import styles from './replanning.module.css';
import type { ReplanningValues } from './replanning-form.server.ts';
import type { OutcomeView } from './view-outcome.ts';
import type { ReplannedView, SameForAll } from './view-replanning.ts';
import { WhySubstitutes } from './why-substitutes.tsx';

export interface ReplanningAnswer {
  step: 'choose' | 'confirm' | 'done';
  values: ReplanningValues;
  problem: FormProblem | undefined;
  outcome: OutcomeView | undefined;
}

interface Props {
  sessions: readonly ReplannedView[];
  answer: ReplanningAnswer | undefined;
  /** Whose sessions are of several tutors names them. */
  showTutor?: boolean;
  /** Which of the links below is the one chosen. */
  same: SameForAll;
  sameLinks: readonly { same: SameForAll; label: string; to: string }[];
  by: { value: string; choices?: readonly { value: string; label: string }[] };
  reasons: readonly { id: string; label: string }[];
  /** Sent along, hidden. */
  fields?: Record<string, string>;
  timeOff?: { label: string } | undefined;
  cancelTo: string;
  children?: ReactNode;
}

/** For each of many sessions what happens to it; then what all of it means; then it is done. Works without a script. */
export function ReplanningForm(props: Props) {
  const { answer } = props;
  const form = useFocusFirstError(answer);
  const { search } = useLocation();
  const confirming = answer?.step === 'confirm' && answer.outcome;
  return (
    <Form method="post" ref={form} noValidate key={`${search}${answer?.step ?? ''}`}>
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {confirming ? (
        <Confirm values={answer.values} outcome={confirming} />
      ) : (
        <Choose {...props} values={answer?.step === 'done' ? undefined : answer?.values} />
      )}
    </Form>
  );
}

function Choose({
  sessions,
  answer,
  values,
  showTutor = false,
  same,
  sameLinks,
  by,
  reasons,
  timeOff,
  cancelTo,
  children,
}: Props & { values: ReplanningValues | undefined }) {
  const errors = answer?.problem?.errors ?? {};
  const columns: Column<ReplannedView>[] = [
    { key: 'when', header: 'When', cell: (row) => <span className={`tabular ${styles.when}`}>{row.when}</span> },
    {
      key: 'session',
      header: 'Session',
      primary: true,
      cell: (row) => (
        <Anchor component={Link} to={row.href} size="sm">
          {row.title}
        </Anchor>
      ),
    },
    { key: 'students', header: 'Students', cell: (row) => row.students },
    ...(showTutor ? [{ key: 'tutor', header: 'Tutor', cell: (row: ReplannedView) => row.tutorName }] : []),
    {
      key: 'choice',
      header: 'What happens',
      cell: (row) => (
        <NativeSelect
          name={`choice.${row.id}`}
          aria-label={`What happens to ${row.title}, ${row.when}`}
          defaultValue={values?.choices[row.id] ?? row.chosen}
          className={styles.choice}
          size="xs"
        >
          {row.options.map(({ group, items }) => (
            <optgroup key={group} label={group}>
              {items.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
      ),
    },
  ];
  return (
    <Stack gap="lg">
      <ProblemAlert problem={answer?.problem} />
      {answer?.outcome && answer.step === 'choose' ? (
        <OutcomePanel outcome={answer.outcome} title="What could be done, and what couldn’t" />
      ) : null}
      <nav className={styles.same} aria-label="The same for all">
        <Text size="sm" c="dimmed">
          For all:
        </Text>
        {sameLinks.map((link) => (
          <Button
            key={link.same}
            component={Link}
            to={link.to}
            replace
            preventScrollReset
            variant={link.same === same ? 'light' : 'default'}
            aria-current={link.same === same ? 'true' : undefined}
            size="xs"
          >
            {link.label}
          </Button>
        ))}
      </nav>
      {sessions.map((session) => (
        <input key={session.id} type="hidden" name={`version.${session.id}`} value={session.version} />
      ))}
      <DataTable caption="Sessions, and what happens to each" columns={columns} rows={sessions} rowKey={(row) => row.id} />
      <WhySubstitutes sessions={sessions} />
      <Stack gap="md" maw={640}>
        {by.choices ? (
          <Radio.Group name="by" label="Who cancels those that are cancelled?" defaultValue={values?.by ?? by.value}>
            <Stack gap={6} mt={6}>
              {by.choices.map((choice) => (
                <Radio key={choice.value} {...choice} />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <input type="hidden" name="by" value={by.value} />
        )}
        <CancellationReasonFields
          choices={reasons}
          values={values}
          errors={errors}
          description="Goes into the mails to everybody concerned"
        />
        {timeOff ? <Checkbox name="timeOff" label={timeOff.label} defaultChecked={values?.timeOff ?? true} /> : null}
        {children}
        <Radio.Group
          name="onFailure"
          label="If somebody takes a time before you confirm"
          defaultValue={values?.onFailure ?? 'rest'}
        >
          <Stack gap={6} mt={6}>
            <Radio value="rest" label="Do the others, and show which is left" />
            <Radio value="nothing" label="Do nothing, and show which it is" />
          </Stack>
        </Radio.Group>
        <Group>
          <SubmitButton name="intent" value="preview">
            Show what this means
          </SubmitButton>
          <Button component={Link} to={cancelTo} variant="subtle">
            Leave all as it is
          </Button>
        </Group>
      </Stack>
    </Stack>
  );
}

function Confirm({ values, outcome }: { values: ReplanningValues; outcome: OutcomeView }) {
  const { choices, versions, timeOff, ...said } = values;
  return (
    <Stack gap="lg">
      {/* As it was looked at: what somebody changes in between is told, not overwritten. */}
      {Object.entries(choices).map(([id, choice]) => (
        <Fragment key={id}>
          <input type="hidden" name={`choice.${id}`} value={choice} />
          <input type="hidden" name={`version.${id}`} value={versions[id] ?? ''} />
        </Fragment>
      ))}
      {Object.entries(said).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {timeOff ? <input type="hidden" name="timeOff" value="on" /> : null}
      <OutcomePanel outcome={outcome} title="This is what happens" />
      <Group>
        {outcome.confirm ? (
          <SubmitButton name="intent" value="confirm" {...(outcome.confirm.startsWith('Cancel') ? { color: 'red.9' } : {})}>
            {outcome.confirm}
          </SubmitButton>
        ) : null}
        <SubmitButton name="intent" value="back" variant="default">
          Choose differently
        </SubmitButton>
      </Group>
    </Stack>
  );
}
