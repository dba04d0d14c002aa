import { Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  id: string;
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  places: { id: string; name: string }[];
  submit: string;
}

const labels = { name: 'Name', placeId: 'In which place', capacity: 'Students at most', notes: 'Notes' };

export function RoomForm({ id, initial, answer, version, places, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/rooms"
    >
      <input type="hidden" name="id" value={answer?.values.id?.[0] ?? id} />
      <TextInput {...field('name')} label={labels.name} withAsterisk required autoComplete="off" placeholder="Blue room" />
      <ChoiceSelect
        {...field('placeId')}
        choices={places}
        none="Not said"
        label={labels.placeId}
        description="Whoever is booked into the room is booked at this place"
      />
      <TextInput
        {...field('capacity')}
        type="number"
        min={1}
        max={500}
        label={labels.capacity}
        placeholder="No limit"
        maw={260}
        description="A session with more students is refused"
      />
      <Textarea {...field('notes')} label={labels.notes} autosize minRows={2} description="Only the office sees these" />
    </RecordForm>
  );
}
