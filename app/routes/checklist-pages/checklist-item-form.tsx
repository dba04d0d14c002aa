import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ChecklistRole, FACTS, factsFor, roleNames } from '#app/domain/checklists/checklist.schema.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

interface Props {
  /** Whose list it is in. */
  of: ChecklistRole;
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

const labels = { label: 'What', help: 'A few words on it', how: 'How it is done' };

export function ChecklistItemForm({ of, initial, answer, version, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/checklists"
    >
      <input type="hidden" name="role" value={of} />
      <FormSection title={`In the list of a ${roleNames[of].one}`}>
        <TextInput {...field('label')} label={labels.label} withAsterisk required maxLength={120} autoComplete="off" />
        <Textarea {...field('help')} label={labels.help} description="They see it, too" rows={2} maxLength={500} />
        <NativeSelect {...field('how')} label={labels.how}>
          <option value="office">The office ticks it</option>
          <option value="person">They tick it themselves</option>
          <optgroup label="Read from the records">
            {factsFor(of).map((fact) => (
              <option key={fact} value={fact}>
                {FACTS[fact].label}
              </option>
            ))}
          </optgroup>
        </NativeSelect>
      </FormSection>
    </RecordForm>
  );
}
