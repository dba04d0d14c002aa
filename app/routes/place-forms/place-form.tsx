import { Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  id: string;
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  families: { id: string; name: string }[];
  submit: string;
}

const labels = { name: 'Name', address: 'Address', coordinates: 'On the map', clientId: 'Whose home it is' };

export function PlaceForm({ id, initial, answer, version, families, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/places"
    >
      <input type="hidden" name="id" value={answer?.values.id?.[0] ?? id} />
      <TextInput {...field('name')} label={labels.name} withAsterisk required autoComplete="off" placeholder="Study room" />
      <Textarea {...field('address')} label={labels.address} autosize minRows={2} description="Shown to who comes there" />
      <TextInput
        {...field('coordinates')}
        label={labels.coordinates}
        placeholder="51.5, -0.12"
        autoComplete="off"
        description="Latitude and longitude, or the link of the place on a map. From them comes the time between two places."
      />
      <ChoiceSelect
        {...field('clientId')}
        choices={families}
        none="Nobody’s: a place of the company’s, or a school"
        label={labels.clientId}
        description="For this family’s students it is offered first"
      />
    </RecordForm>
  );
}
