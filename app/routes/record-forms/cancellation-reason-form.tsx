import { Checkbox, Stack, TextInput } from '@mantine/core';
import { SAID_BY, saidByNames } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

export function CancellationReasonForm({ initial, answer, version, submit }: Props) {
  const { field, chosen } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={{ label: 'Reason', saidBy: 'Who may give it' }}
      submit={submit}
      cancelTo="/office/settings/cancellation-reasons"
    >
      <TextInput
        {...field('label')}
        label="Reason"
        description="As it stands in the form, in the mails and in reports"
        withAsterisk
        required
        autoComplete="off"
        maw={400}
      />
      <Checkbox.Group
        label="Who may give it"
        error={answer?.errors.saidBy}
        defaultValue={SAID_BY.filter((who) => chosen('saidBy', who))}
      >
        <Stack gap={6} mt={6}>
          {SAID_BY.map((who) => (
            <Checkbox key={who} name="saidBy" value={who} label={saidByNames[who]} />
          ))}
        </Stack>
      </Checkbox.Group>
    </RecordForm>
  );
}
