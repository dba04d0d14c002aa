import { Text, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import styles from './booking.module.css';

interface Props {
  students: readonly { id: string; name: string; clientName: string }[];
  chosen: readonly string[];
  onChoose?: (ids: readonly string[]) => void;
  /** How many the program takes. */
  capacity: number;
  error: string | undefined;
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Boxes to tick, with a field that narrows them: a form like any other, with or without its script. */
export function StudentPicker({ students, chosen, onChoose, capacity, error }: Props) {
  const [ticked, setTicked] = useState<readonly string[]>(chosen);
  const [search, setSearch] = useState('');
  const mounted = useMounted();
  const words = plain(search).split(/\s+/).filter(Boolean);
  const shown = students.filter((student) => {
    const text = plain(`${student.name} ${student.clientName}`);
    return ticked.includes(student.id) || words.every((word) => text.includes(word));
  });
  // Whoever is chosen stays in sight, on top.
  const ordered = [...shown.filter((s) => chosen.includes(s.id)), ...shown.filter((s) => !chosen.includes(s.id))];
  const names = students.filter((student) => ticked.includes(student.id)).map((student) => student.name);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{capacity > 1 ? `Students (up to ${capacity})` : 'Student'}</legend>
      {mounted ? (
        <TextInput
          type="search"
          aria-label="Find a student"
          placeholder="Find by student or family name"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={({ currentTarget: { value } }) => setSearch(value)}
          onKeyDown={(event) => {
            // Enter narrows the list; it doesn't book.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      ) : null}
      <ul className={styles.students} data-invalid={error !== undefined} tabIndex={-1}>
        {ordered.map((student) => (
          <li key={student.id}>
            <label className={styles.student}>
              <input
                type="checkbox"
                name="studentIds"
                value={student.id}
                checked={ticked.includes(student.id)}
                aria-invalid={error === undefined ? undefined : true}
                aria-describedby={error === undefined ? undefined : 'students-error'}
                onChange={({ currentTarget: { checked } }) => {
                  const kept = capacity === 1 && checked ? [] : ticked.filter((id) => id !== student.id);
                  const now = checked ? [...kept, student.id] : kept;
                  setTicked(now);
                  onChoose?.(now);
                }}
              />
              <span>
                {student.name} <small>{student.clientName}</small>
              </span>
            </label>
          </li>
        ))}
        {ordered.length === 0 ? (
          <li>
            <Text size="sm" c="dimmed" p={6}>
              {students.length === 0 ? 'No student yet.' : `No student’s or family’s name has “${search}” in it.`}
            </Text>
          </li>
        ) : null}
      </ul>
      {names.length > 0 ? (
        <Text size="sm" mt={4} aria-live="polite">
          {names.join(', ')}
        </Text>
      ) : null}
      {error === undefined ? null : (
        <Text id="students-error" size="sm" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      )}
    </fieldset>
  );
}
