import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
import { Form, Link, useSubmit } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { addressOf, type CloseOutFilter, isNarrowed, readFilter } from './close-out-filter.ts';
import styles from './close-outs.module.css';

interface Props {
  filter: CloseOutFilter;
  tutors: readonly { id: string; name: string }[];
  programs: readonly { id: string; name: string }[];
  /** How many differ from the plan and how many don't, where that can be chosen. */
  counts?: { differing: number; planned: number } | undefined;
}

/** The filters, which are the address: choosing applies them at once, and without a script the button does. */
export function FilterForm({ filter, tutors, programs, counts }: Props) {
  const submit = useSubmit();
  const choices = (all: string, list: Props['tutors']) => [
    { value: '', label: all },
    ...list.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Form
      method="get"
      role="search"
      aria-label="Filter close-outs"
      className={styles.filters}
      key={JSON.stringify(filter)}
      onChange={(event) => {
        // Words are sent with Enter or the button, so that nothing reloads under the fingers.
        if (event.target instanceof HTMLSelectElement) submit(event.currentTarget, { preventScrollReset: true });
      }}
    >
      {filter.show === 'approve' ? null : <input type="hidden" name="show" value={filter.show} />}
      {filter.all ? <input type="hidden" name="all" value="1" /> : null}
      {counts ? (
        <NativeSelect
          name="which"
          label="Which"
          defaultValue={filter.which}
          data={[
            { value: '', label: `All (${counts.differing + counts.planned})` },
            { value: 'differing', label: `To look at (${counts.differing})` },
            { value: 'planned', label: `As planned (${counts.planned})` },
          ]}
          size="xs"
        />
      ) : null}
      <NativeSelect name="tutor" label="Tutor" defaultValue={filter.tutor} data={choices('All tutors', tutors)} size="xs" />
      <NativeSelect
        name="program"
        label="Program"
        defaultValue={filter.program}
        data={choices('All programs', programs)}
        size="xs"
      />
      <TextInput type="search" name="q" label="Text" placeholder="Name, subject or number" defaultValue={filter.q} size="xs" />
      <div className={styles.buttons}>
        <Button type="submit" variant="default" size="xs" leftSection={<IconSearch size={14} aria-hidden />}>
          Show
        </Button>
        {isNarrowed(filter) ? (
          <Anchor
            component={Link}
            to={addressOf({ ...readFilter(new URLSearchParams()), show: filter.show, all: filter.all })}
            size="sm"
          >
            Clear
          </Anchor>
        ) : null}
      </div>
    </Form>
  );
}
