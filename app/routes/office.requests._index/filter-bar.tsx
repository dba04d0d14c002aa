import { Anchor, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { isFiltered } from '#app/domain/requests/request-filter.ts';
import { Tabs } from '../planning-pages/tabs.tsx';
import { CustomFilters } from '../record-forms/custom-filters.tsx';
import { MODE_WORDS, URGENCY_WORDS } from '../request-pages/request-words.ts';
import styles from './filter-bar.module.css';
import type { PipelinePage } from './load-pipeline.server.ts';
import { pipelineAddress } from './pipeline-address.ts';

const send = (event: FormEvent<HTMLElement & { form?: HTMLFormElement | null }>) => event.currentTarget.form?.requestSubmit();

/** What board and list are narrowed to, in the address; a choice is taken at once, without a script by the button. */
export function FilterBar({ page }: { page: PipelinePage }) {
  const { filter, view } = page;
  const kept: Record<string, string> =
    view === 'list' ? { view: 'list', ...(page.stage ? { stage: page.stage.id } : { show: page.show }) } : {};
  const assignees = [
    { value: '', label: 'Everybody’s' },
    { value: page.userId, label: 'Mine' },
    { value: 'none', label: 'Nobody’s yet' },
    ...page.office.filter(({ id }) => id !== page.userId).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className={styles.bar}>
      <Form method="get" role="search" key={JSON.stringify(filter)} className={styles.fields}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TextInput
          type="search"
          name="q"
          defaultValue={filter.q}
          aria-label="Search requests by student, client, subject or reference"
          placeholder="Student, client, subject"
          leftSection={<IconSearch size={16} aria-hidden />}
          className={styles.search}
        />
        <NativeSelect
          name="subject"
          aria-label="Subject"
          defaultValue={filter.subjectId ?? ''}
          onChange={send}
          data={[{ value: '', label: 'All subjects' }, ...page.subjects.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <NativeSelect
          name="assignee"
          aria-label="Who works on it"
          defaultValue={filter.assignee ?? ''}
          onChange={send}
          data={assignees}
        />
        <NativeSelect
          name="urgency"
          aria-label="Urgency"
          defaultValue={filter.urgency ?? ''}
          onChange={send}
          data={[
            { value: '', label: 'Any urgency' },
            ...(['high', 'normal', 'low'] as const).map((value) => ({ value, label: URGENCY_WORDS[value] })),
          ]}
        />
        <NativeSelect
          name="mode"
          aria-label="Where"
          defaultValue={filter.mode ?? ''}
          onChange={send}
          data={[
            { value: '', label: 'Anywhere' },
            { value: 'online', label: MODE_WORDS.online },
            { value: 'in_person', label: MODE_WORDS.in_person },
          ]}
        />
        <Checkbox name="ageing" value="1" label="Waiting too long" defaultChecked={filter.ageing} onChange={send} />
        <CustomFilters fields={page.filterable} filters={filter.custom ?? []} />
        <Button type="submit" variant="default">
          Search
        </Button>
        {isFiltered(filter) ? (
          <Anchor component={Link} to={`/office/requests${view === 'list' ? '?view=list' : ''}`} size="sm">
            Show all
          </Anchor>
        ) : null}
      </Form>
      <Tabs
        label="Board or list"
        tabs={[
          { to: pipelineAddress(filter), label: 'Board', current: view === 'board' },
          { to: pipelineAddress(filter, { view: 'list' }), label: 'List', current: view === 'list' },
        ]}
      />
    </div>
  );
}
