import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { correctedOutcomes } from '#app/domain/corrections/correction.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { outcomeView } from '#app/ui/session-status.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  id: string;
  currency: string;
  /** What is paid can be another time than what is billed. */
  twoDurations: boolean;
  students: readonly { studentId: string; name: string; family: string; outcome: string }[];
  initial: FormValues;
  answer: RecordAnswer | undefined;
}

/** What took place, as it is known now. */
export function CorrectionForm({ id, currency, twoDurations, students, initial, answer }: Props) {
  const form = useFocusFirstError(answer);
  const { field, chosen } = recordFields(initial, answer);
  // As it was read; whoever was told that somebody else was quicker has seen what is there now.
  const version = answer && answer.message === undefined ? answer.values.version : initial.version;
  const billable = answer ? chosen('billable', 'yes') : initial.billable?.[0] === 'yes';
  return (
    <Panel title="What took place">
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          <ErrorSummary message={answer?.message} errors={answer?.errors} />
          <input type="hidden" name="version" value={version?.[0] ?? ''} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {students.map((student) => (
              <NativeSelect
                key={student.studentId}
                {...field(`outcomes.${student.studentId}`)}
                label={student.name}
                description={student.family === student.name ? undefined : student.family}
                error={answer?.errors.outcomes ?? answer?.errors[`outcomes.${student.studentId}`]}
              >
                {(student.outcome === 'planned' ? ['planned', ...correctedOutcomes] : correctedOutcomes).map((outcome) => (
                  <option key={outcome} value={outcome}>
                    {outcomeView(outcome).label}
                  </option>
                ))}
              </NativeSelect>
            ))}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              {...field('actualMinutes')}
              label="Minutes it took"
              inputMode="numeric"
              description="Of who attended; others go by the planned length"
            />
            {twoDurations ? (
              <TextInput
                {...field('paidMinutes')}
                label="Minutes the tutor is paid for"
                inputMode="numeric"
                description="Empty: the same. Where nobody attended, by the planned length"
              />
            ) : null}
            <TextInput {...field('miles')} label="Miles driven" inputMode="decimal" description="Empty: none" />
            <TextInput
              {...field('chargeRate')}
              label={`Charged by hand, ${currency} an hour`}
              inputMode="decimal"
              description="Empty: by the rates"
            />
            <TextInput
              {...field('payRate')}
              label={`Paid by hand, ${currency} an hour`}
              inputMode="decimal"
              description="Empty: by the rates"
            />
          </SimpleGrid>
          <Checkbox name="billable" value="yes" label="Billable" defaultChecked={billable} />
          <Checkbox
            name="reprice"
            value="yes"
            label="By the rates as they are now"
            description="Also what did not change: for a session that was charged or paid by a wrong rate, once the rate is mended"
            defaultChecked={chosen('reprice', 'yes')}
          />
          <Textarea
            {...field('reason')}
            label="Why"
            description="Stands on the credit note and in the tutor’s statement"
            autosize
            minRows={2}
            maxLength={500}
            withAsterisk
            required
          />
          <Group gap="sm">
            <SubmitButton name="intent" value="look" variant="default">
              See what it comes to
            </SubmitButton>
            <Button component={Link} to={`/office/sessions/${id}`} variant="subtle">
              Leave it
            </Button>
          </Group>
        </Stack>
      </Form>
    </Panel>
  );
}
