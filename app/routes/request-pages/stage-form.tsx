import { NativeSelect, TextInput } from '@mantine/core';
import { STAGE_KINDS } from '#app/domain/requests/request-kinds.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { STAGE_KIND_WORDS } from './request-words.ts';

export const STAGES_PATH = '/office/settings/stages';

const labels = { name: 'Name', kind: 'What happens in it', ageingDays: 'Waits too long after' };

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

export function StageForm({ initial, answer, version, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo={STAGES_PATH}
    >
      <TextInput {...field('name')} label={labels.name} withAsterisk required maxLength={60} autoComplete="off" maw={400} />
      <NativeSelect
        {...field('kind')}
        label={labels.kind}
        maw={400}
        data={STAGE_KINDS.map((value) => ({ value, label: STAGE_KIND_WORDS[value] }))}
        description="An enquiry arrives in the first, an offer and an engagement move it on by themselves"
      />
      <TextInput
        {...field('ageingDays')}
        type="number"
        min={1}
        max={365}
        label={labels.ageingDays}
        description="Days. Empty: never"
        maw={200}
      />
    </RecordForm>
  );
}
