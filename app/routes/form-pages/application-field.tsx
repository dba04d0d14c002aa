import { Checkbox, Input, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { CustomInput } from '#app/ui/custom-inputs.tsx';
import { type FormFieldProps, labelled } from './field-props.ts';
import styles from './form.module.css';
import { LanguageChoice } from './language-choice.tsx';

/** One question of the application form. */
export function ApplicationField(props: FormFieldProps) {
  const { asked, field, chosen, choices, locale } = props;
  const { custom, required } = asked;
  if (custom) return <CustomInput field={{ ...custom, required }} form={props} />;
  const label = labelled(asked.label, required);
  switch (asked.field) {
    case 'firstName':
      return (
        <TextInput {...field('firstName')} label={label} autoComplete="given-name" dir="auto" required withAsterisk={false} />
      );
    case 'lastName':
      return (
        <TextInput {...field('lastName')} label={label} autoComplete="family-name" dir="auto" required withAsterisk={false} />
      );
    case 'email':
      return (
        <TextInput
          {...field('email')}
          label={label}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          required
          withAsterisk={false}
        />
      );
    case 'phone':
      return <TextInput {...field('phone')} label={label} type="tel" autoComplete="tel" />;
    case 'address':
      return <Textarea {...field('address')} label={label} autoComplete="street-address" rows={3} maxLength={500} dir="auto" />;
    case 'gender':
      return <NativeSelect {...field('gender')} label={asked.label} data={GENDERS} maw={240} />;
    case 'languages':
      return <LanguageChoice name="languages" label={label} error={field('languages').error} chosen={chosen} locale={locale} />;
    case 'subjects':
      return (
        <Ticks name="subjects" label={label} error={field('subjects').error} chosen={chosen}>
          {choices.subjects.map(({ id, name }) => [id, name])}
        </Ticks>
      );
    case 'modes':
      return (
        <Ticks name="modes" label={asked.label} error={field('modes').error} chosen={chosen}>
          {[
            ['online', 'Online'],
            ['in_person', 'In person'],
          ]}
        </Ticks>
      );
    case 'wishedHours':
      return <TextInput {...field('wishedHours')} label={label} inputMode="numeric" maxLength={3} maw={240} />;
    case 'about':
      return (
        <Textarea
          {...field('about')}
          label={label}
          description="What you have taught, and why you would like to"
          rows={6}
          maxLength={3000}
          dir="auto"
        />
      );
    case 'documents':
      return <Documents label={label} error={field('documents').error} accept={choices.accept} />;
    default:
      return null;
  }
}

const GENDERS = [
  { value: '', label: 'Not said' },
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'other', label: 'Other' },
];

interface TicksProps {
  name: string;
  label: string;
  error: string | undefined;
  chosen: FormFieldProps['chosen'];
  /** Of each choice its value and what it is called. */
  children: readonly (readonly [value: string, name: string])[] | string[][];
}

function Ticks({ name, label, error, chosen, children }: TicksProps) {
  return (
    <fieldset className={styles.group} id={name} aria-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <Input.Label component="legend" labelElement="div">
        {label}
      </Input.Label>
      <div className={styles.ticks}>
        {children.map(([value = '', text = '']) => (
          <Checkbox key={value} name={name} value={value} label={text} defaultChecked={chosen(name, value)} size="sm" />
        ))}
      </div>
      {error ? <Input.Error mt={6}>{error}</Input.Error> : null}
    </fieldset>
  );
}

/** The browser's own field, which works without a script. */
function Documents({ label, error, accept }: { label: string; error: string | undefined; accept: string }) {
  return (
    <Input.Wrapper
      id="documents"
      label={label}
      description="A CV, certificates: five files at most, 20 MB together. The office alone sees them."
      error={error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <input
        id="documents"
        className={styles.files}
        type="file"
        name="documents"
        multiple
        accept={accept}
        aria-invalid={error ? true : undefined}
      />
    </Input.Wrapper>
  );
}
