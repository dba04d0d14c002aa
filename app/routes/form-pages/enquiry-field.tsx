import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { LESSON_MINUTES } from '#app/domain/public-forms/enquiry.schema.ts';
import { CustomInput } from '#app/ui/custom-inputs.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { type FormFieldProps, labelled, within } from './field-props.ts';
import { LanguageChoice } from './language-choice.tsx';
import { WeekChoice } from './week-choice.tsx';

/** One question of the enquiry form. */
export function EnquiryField(props: FormFieldProps) {
  const { asked, prefix = '', field, choices } = props;
  const { custom, required } = asked;
  if (custom) return <CustomInput field={{ ...custom, required }} form={within(prefix, props)} />;
  const label = labelled(asked.label, required);
  switch (asked.field) {
    case 'name':
      return (
        <TextInput {...field('name')} label={label} autoComplete="name" dir="auto" required={required} withAsterisk={false} />
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
    case 'student':
      return (
        <TextInput
          {...field(`${prefix}name`)}
          label="Student’s name"
          description="Empty if the lessons are for you"
          autoComplete="off"
          dir="auto"
        />
      );
    case 'subjectId':
      return <ChoiceSelect {...field(`${prefix}subjectId`)} label={asked.label} choices={choices.subjects} none="Not sure yet" />;
    case 'levelId':
      return <ChoiceSelect {...field(`${prefix}levelId`)} label={asked.label} choices={choices.levels} none="Not sure" />;
    case 'grade':
      return <TextInput {...field(`${prefix}grade`)} label={label} description="As it is called at school" dir="auto" />;
    default:
      return <LessonField {...props} label={label} />;
  }
}

function LessonField({ label, ...props }: FormFieldProps & { label: string }) {
  const { asked, field, chosen } = props;
  switch (asked.field) {
    case 'mode':
      return <NativeSelect {...field('mode')} label={asked.label} data={MODES} />;
    case 'location':
      return (
        <TextInput
          {...field('location')}
          label={label}
          description="Town or address, for lessons in person"
          maxLength={300}
          dir="auto"
        />
      );
    case 'sessionsPerWeek':
      return <NativeSelect {...field('sessionsPerWeek')} label={asked.label} data={PER_WEEK} />;
    case 'sessionMinutes':
      return <NativeSelect {...field('sessionMinutes')} label={asked.label} data={LENGTHS} />;
    case 'times':
      return (
        <WeekChoice label={asked.label} error={field('times').error} chosen={chosen} locale={props.locale} zone={props.zone} />
      );
    case 'startsOn':
      return <TextInput {...field('startsOn')} label={label} type="date" />;
    case 'endsOn':
      return <TextInput {...field('endsOn')} label={label} type="date" />;
    case 'urgency':
      return <NativeSelect {...field('urgency')} label={asked.label} data={URGENCIES} />;
    case 'wishGender':
      return <NativeSelect {...field('wishGender')} label={asked.label} data={GENDERS} />;
    case 'wishLanguages':
      return (
        <LanguageChoice
          name="wishLanguages"
          label={label}
          error={field('wishLanguages').error}
          chosen={chosen}
          locale={props.locale}
        />
      );
    case 'note':
      return <Textarea {...field('note')} label={label} rows={4} maxLength={2000} dir="auto" />;
    default:
      return null;
  }
}

const MODES = [
  { value: '', label: 'Either suits' },
  { value: 'online', label: 'Online' },
  { value: 'in_person', label: 'In person' },
];
const PER_WEEK = [
  { value: '', label: 'Not sure yet' },
  ...Array.from({ length: 7 }, (_, n) => ({ value: String(n + 1), label: n === 0 ? 'One' : String(n + 1) })),
];
const LENGTHS = [
  { value: '', label: 'Not sure yet' },
  ...LESSON_MINUTES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` })),
];
const URGENCIES = [
  { value: '', label: 'As it suits' },
  { value: 'low', label: 'There is time' },
  { value: 'normal', label: 'In the next weeks' },
  { value: 'high', label: 'As soon as possible' },
];
const GENDERS = [
  { value: '', label: 'Anybody' },
  { value: 'female', label: 'Rather a woman' },
  { value: 'male', label: 'Rather a man' },
];
