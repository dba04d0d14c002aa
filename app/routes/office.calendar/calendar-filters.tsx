import { Anchor, Button, NativeSelect } from '@mantine/core';
import { Form, Link, useSubmit } from '@remix-run/react';
import { type CalendarAddress, linkTo } from '../calendar-pages/address.ts';
import styles from './calendar-filters.module.css';

type Choices = Record<'tutors' | 'students' | 'programs' | 'rooms', readonly { id: string; name: string }[]>;

/** Whose sessions: choosing applies it at once, and without a script the button does. */
export function CalendarFilters({ address, choices }: { address: CalendarAddress; choices: Choices }) {
  const submit = useSubmit();
  const { filters } = address;
  const fields = [
    { name: 'tutor', label: 'Tutor', all: 'All tutors', list: choices.tutors },
    { name: 'student', label: 'Student', all: 'All students', list: choices.students },
    { name: 'program', label: 'Program', all: 'All programs', list: choices.programs },
    { name: 'room', label: 'Room', all: 'All rooms', list: choices.rooms },
  ].filter((field) => field.list.length > 0);
  const none = Object.fromEntries(Object.keys(filters).map((name) => [name, '']));
  return (
    <Form
      method="get"
      role="search"
      aria-label="Filter the calendar"
      className={`${styles.filters} no-print`}
      key={JSON.stringify(address)}
      onChange={(event) => submit(event.currentTarget, { preventScrollReset: true })}
    >
      <input type="hidden" name="view" value={address.view} />
      <input type="hidden" name="date" value={address.date} />
      {address.cancelled ? <input type="hidden" name="cancelled" value="1" /> : null}
      {fields.map(({ name, label, all, list }) => (
        <NativeSelect
          key={name}
          name={name}
          label={label}
          size="xs"
          defaultValue={filters[name]}
          data={[{ value: '', label: all }, ...list.map((one) => ({ value: one.id, label: one.name }))]}
        />
      ))}
      <div className={styles.buttons}>
        <noscript>
          <Button type="submit" variant="default" size="xs">
            Show
          </Button>
        </noscript>
        {Object.values(filters).some(Boolean) ? (
          <Anchor component={Link} to={linkTo(address, { filters: none })} size="sm">
            Clear
          </Anchor>
        ) : null}
      </div>
    </Form>
  );
}
