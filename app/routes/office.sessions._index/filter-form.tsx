import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
import { Form, Link, useSubmit } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import styles from './filter-form.module.css';
import type { SessionListFilter } from './session-filter.ts';

interface Props {
  filter: SessionListFilter;
  tutors: readonly { id: string; name: string }[];
  students: readonly { id: string; name: string }[];
  statuses: readonly { value: string; label: string }[];
  narrowed: boolean;
}

/** The filters, which are the address: choosing applies them at once, and without a script the button does. */
export function FilterForm({ filter, tutors, students, statuses, narrowed }: Props) {
  const submit = useSubmit();
  const people = (all: string, list: Props['tutors']) => [
    { value: '', label: all },
    ...list.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Form
      method="get"
      role="search"
      aria-label="Filter sessions"
      className={styles.filters}
      key={JSON.stringify(filter)}
      onChange={(event) => {
        // Words are sent with Enter or the button, so that nothing reloads under the fingers.
        if (event.target instanceof HTMLSelectElement) submit(event.currentTarget, { preventScrollReset: true });
      }}
    >
      <TextInput type="date" name="from" label="From" defaultValue={filter.from} size="xs" />
      <TextInput type="date" name="to" label="To" defaultValue={filter.to} size="xs" />
      <NativeSelect name="tutor" label="Tutor" defaultValue={filter.tutor} data={people('All tutors', tutors)} size="xs" />
      <NativeSelect
        name="student"
        label="Student"
        defaultValue={filter.student}
        data={people('All students', students)}
        size="xs"
      />
      <NativeSelect
        name="status"
        label="Status"
        defaultValue={filter.status}
        data={[{ value: '', label: 'Any status' }, ...statuses]}
        size="xs"
      />
      <TextInput type="search" name="q" label="Text" placeholder="Name, subject or number" defaultValue={filter.q} size="xs" />
      <div className={styles.buttons}>
        <Button type="submit" variant="default" size="xs" leftSection={<IconSearch size={14} aria-hidden />}>
          Show
        </Button>
        {narrowed ? (
          <Anchor component={Link} to="/office/sessions" size="sm">
            Clear
          </Anchor>
        ) : null}
      </div>
    </Form>
  );
}
