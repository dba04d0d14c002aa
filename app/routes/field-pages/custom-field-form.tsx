import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type Entity, FIELD_TYPES, type FieldType, hasChoices, typeNames } from '#app/domain/fields/custom-field.ts';
import { placesOf } from '#app/domain/fields/shown-where.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceRows } from './choice-rows.tsx';
import styles from './custom-field-form.module.css';
import { SeenBy } from './seen-by.tsx';

interface Props {
  entity: Entity;
  /** Of one that is there: it can't be changed. */
  type?: FieldType;
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

const labels = {
  label: 'Name',
  type: 'What is filled in',
  help: 'Hint below it',
  choices: 'Choices',
  seenBy: 'Who sees it',
  editedBy: 'Who fills it in',
};

export function CustomFieldForm({ entity, type, initial, answer, version, submit }: Props) {
  const { field, chosen } = recordFields(initial, answer);
  const places = placesOf[entity];
  const box = (name: string, label: string, description?: string) => (
    <Checkbox name={name} label={label} description={description} defaultChecked={chosen(name, 'on')} />
  );
  return (
    <RecordForm
      answer={answer && { ...answer, errors: atTheList(answer.errors) }}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/fields"
    >
      <FormSection title="The field">
        <TextInput
          {...field('label')}
          label={labels.label}
          description="As it stands in forms, on pages and in mails"
          withAsterisk
          required
          autoComplete="off"
          maw={420}
        />
        {type ? null : (
          <NativeSelect
            {...field('type')}
            label={labels.type}
            data={FIELD_TYPES.map((value) => ({ value, label: typeNames[value] }))}
            description="Can’t be changed later"
            maw={420}
          />
        )}
        <Textarea {...field('help')} label={labels.help} autosize minRows={1} />
        {box('required', 'Must be filled in', 'Asked of whoever may fill it in; nobody else is kept from saving')}
      </FormSection>
      {type === undefined || hasChoices(type) ? (
        <div className={type ? undefined : styles.onlyForLists}>
          <FormSection title={labels.choices}>
            <ChoiceRows initial={initial} answer={answer} error={answer && atTheList(answer.errors).choices} />
          </FormSection>
        </div>
      ) : null}
      <FormSection title="Who">
        <SeenBy entity={entity} chosen={chosen} error={answer?.errors.editedBy ?? answer?.errors.seenBy} />
      </FormSection>
      <FormSection title="Where else">
        <Stack gap="sm">
          {places.list ? box('inList', 'As a column of the list') : null}
          {places.list ? box('filterable', 'As a filter of the list') : null}
          {places.publicForm
            ? box(
                'inPublicForm',
                places.publicForm,
                'Whoever fills it in there needs no account; the form itself is set up under Forms',
              )
            : null}
          {places.mail ? box('inMail', places.mail) : null}
        </Stack>
      </FormSection>
    </RecordForm>
  );
}

/** What is wrong in one of the choices is said at the list. */
function atTheList(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([name, text]) => [name.startsWith('choices.') ? 'choices' : name, text]));
}
