import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormValues, RecordAnswer } from '#app/ui/record-answer.ts';
import styles from './custom-field-form.module.css';

interface Row {
  key: string;
  /** Empty for a new one. */
  id: string;
  label: string;
  archived: boolean;
}

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  error: string | undefined;
}

/** The choices of a list in their order. Without JavaScript there are a few empty lines for more. */
export function ChoiceRows({ initial, answer, error }: Props) {
  const values = answer?.values ?? initial;
  const [rows, setRows] = useState(() => [...rowsOf(values), ...emptyRows(3)]);
  const move = (at: number, by: number) => setRows((now) => swapped(now, at, at + by));
  return (
    <Stack gap="sm" id="choices" tabIndex={-1}>
      {rows.map((row, at) => (
        <div key={row.key} className={styles.choice}>
          <div>
            <input type="hidden" name="choiceId" value={row.id} />
            <TextInput
              name="choiceLabel"
              defaultValue={row.label}
              aria-label={`Choice ${at + 1}`}
              placeholder={row.id ? undefined : 'Another choice'}
              autoComplete="off"
              error={error !== undefined && at === 0}
            />
          </div>
          {row.id ? <Checkbox name="choiceArchived" value={row.id} label="Archived" defaultChecked={row.archived} /> : <span />}
          <div className={styles.moves}>
            <MoveButton label={`Move choice ${at + 1} up`} disabled={at === 0} onClick={() => move(at, -1)}>
              <IconArrowUp size={16} aria-hidden />
            </MoveButton>
            <MoveButton label={`Move choice ${at + 1} down`} disabled={at === rows.length - 1} onClick={() => move(at, 1)}>
              <IconArrowDown size={16} aria-hidden />
            </MoveButton>
          </div>
        </div>
      ))}
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      ) : null}
      <Group gap="sm">
        <Button variant="default" size="compact-sm" type="button" onClick={() => setRows((now) => [...now, ...emptyRows(1)])}>
          More lines
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        Empty lines are left out. A new name holds for records that have the choice already; an archived one stays with them and
        is offered to no other.
      </Text>
    </Stack>
  );
}

function MoveButton({
  label,
  disabled,
  onClick,
  children,
}: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Button type="button" variant="default" size="compact-sm" px={6} aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  );
}

function rowsOf(values: FormValues): Row[] {
  const archived = values.choiceArchived ?? [];
  return (values.choiceLabel ?? [])
    .map((label, at) => ({ id: values.choiceId?.[at] ?? '', label }))
    .filter((row) => row.id !== '' || row.label !== '')
    .map((row, at) => ({ ...row, key: row.id || `typed-${at}`, archived: archived.includes(row.id) }));
}

let made = 0;
const emptyRows = (count: number): Row[] =>
  Array.from({ length: count }, () => ({ key: `new-${made++}`, id: '', label: '', archived: false }));

function swapped(rows: Row[], a: number, b: number): Row[] {
  const [one, other] = [rows[a], rows[b]];
  if (!one || !other) return rows;
  return rows.map((row, at) => (at === a ? other : at === b ? one : row));
}
