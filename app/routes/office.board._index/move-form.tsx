import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { minutesText } from '#app/ui/session-length.ts';
import type { SessionFactsView } from './answers.ts';
import type { Board, Spot } from './board-data.ts';
import { daysBetween } from './days.ts';
import styles from './move-form.module.css';
import type { BoardPageData } from './page-data.ts';
import type { Operations } from './use-operations.tsx';

interface Props {
  facts: SessionFactsView;
  board: Board;
  page: BoardPageData;
  operations: Operations;
  onDone: () => void;
}

/** Another time, length or tutor by typing it: for a finger, and for a day that isn't shown. */
export function MoveForm({ facts, board, page, operations, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(event.currentTarget).get(name) ?? '');
    const [date, time, minutes, tutorId] = [text('date'), text('time'), Number(text('durationMinutes')), text('tutorId')];
    const session = board.sessions.find(({ id }) => id === facts.id);
    if (!session || date === '' || time === '') return setError('Choose a date and a time.');
    const to: Spot = {
      tutorId,
      minutes,
      day: daysBetween(page.firstDay, date),
      start: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)),
    };
    const who = facts.students.map(({ name }) => name).join(', ');
    const tutor = board.tutors.find(({ id }) => id === tutorId)?.name ?? '';
    setBusy(true);
    const done = await operations.move([{ session, to }], `${who} moved to ${date}, ${time}, ${tutor}`);
    setBusy(false);
    if (done) onDone();
  };
  const tutors = board.tutors.filter(({ id, archived }) => !archived || id === facts.tutor.id);
  return (
    <form onSubmit={submit} aria-label="Reschedule">
      <Stack gap="sm">
        <div className={styles.formFields}>
          <TextInput type="date" name="date" label="Date" defaultValue={facts.date} error={error} />
          <TextInput type="time" name="time" label="Start" step={page.grid * 60} defaultValue={facts.time} />
          <NativeSelect
            name="durationMinutes"
            label="Duration"
            defaultValue={String(facts.durationMinutes)}
            data={facts.durations.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
          />
          <NativeSelect
            name="tutorId"
            label="Tutor"
            defaultValue={facts.tutor.id}
            data={tutors.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
        <Group gap="xs">
          <Button type="submit" size="sm" loading={busy}>
            Move session
          </Button>
          <Button size="sm" variant="subtle" onClick={onDone}>
            Keep it as it is
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
