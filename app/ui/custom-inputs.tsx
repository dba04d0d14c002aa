import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type CustomField, inputName } from '#app/domain/fields/custom-field.ts';
import type { RecordField, recordFields } from './record-answer.ts';
import { FormSection } from './record-form.tsx';

type FormFields = Pick<ReturnType<typeof recordFields>, 'field' | 'chosen'>;

interface Props {
  fields: readonly CustomField[];
  /** Of the form they stand in. */
  form: FormFields;
  title?: string;
}

/** The additional fields of a form that its reader may fill in; nothing where there are none. */
export function CustomInputs({ fields, form, title = 'More' }: Props) {
  const editable = fields.filter((field) => field.editable);
  if (editable.length === 0) return null;
  return (
    <FormSection title={title}>
      {editable.map((field) => (
        <CustomInput key={field.id} field={field} form={form} />
      ))}
    </FormSection>
  );
}

/** One of them, by its type. Works without JavaScript. */
export function CustomInput({ field, form }: { field: CustomField; form: FormFields }) {
  const { label, required, help } = field;
  const input = form.field(inputName(field));
  const about = { label, required, withAsterisk: required, description: help || undefined };
  switch (field.type) {
    case 'long_text':
      return <Textarea {...input} {...about} autosize minRows={3} maxRows={16} />;
    case 'yes_no':
      return <NativeSelect {...input} {...about} maw={240} data={[{ value: '', label: 'Not said' }, ...YES_NO]} />;
    case 'choice':
      return <ChoiceInput field={field} input={input} about={about} />;
    case 'choices':
      return <ChoicesInput field={field} form={form} input={input} about={about} />;
    case 'date':
      return <TextInput {...input} {...about} type="date" maw={240} />;
    case 'number':
      return <TextInput {...input} {...about} inputMode="decimal" autoComplete="off" maw={240} />;
    case 'email':
      return <TextInput {...input} {...about} type="email" autoComplete="off" maw={420} />;
    case 'phone':
      return <TextInput {...input} {...about} type="tel" autoComplete="off" maw={420} />;
    case 'url':
      return <TextInput {...input} {...about} type="url" autoComplete="off" placeholder="https://" />;
    case 'text':
      return <TextInput {...input} {...about} autoComplete="off" />;
  }
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface About {
  label: string;
  required: boolean;
  withAsterisk: boolean;
  description: string | undefined;
}

function ChoiceInput({ field, input, about }: { field: CustomField; input: RecordField; about: About }) {
  return (
    <NativeSelect {...input} {...about} maw={420}>
      <option value="">{field.required ? 'Choose' : 'Not said'}</option>
      {field.choices
        .filter((choice) => !choice.archived || choice.id === input.defaultValue)
        .map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
            {choice.archived ? ' (no longer offered)' : ''}
          </option>
        ))}
    </NativeSelect>
  );
}

function ChoicesInput({ field, form, input, about }: { field: CustomField; form: FormFields; input: RecordField; about: About }) {
  const shown = field.choices.filter((choice) => !choice.archived || form.chosen(input.name, choice.id));
  return (
    <Checkbox.Group
      {...about}
      required={false}
      error={input.error}
      defaultValue={shown.filter((choice) => form.chosen(input.name, choice.id)).map((choice) => choice.id)}
    >
      {/* Says that the list was in the form, when nothing of it is chosen. */}
      <input type="hidden" name={input.name} value="" />
      <Stack gap={6} mt={6}>
        {shown.map((choice, at) => (
          <Checkbox
            key={choice.id}
            {...(at === 0 ? { id: input.id } : {})}
            name={input.name}
            value={choice.id}
            label={choice.archived ? `${choice.label} (no longer offered)` : choice.label}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
