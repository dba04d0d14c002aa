import { Button, SimpleGrid, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { AuditShown } from './filter.server.ts';

interface Props {
  filter: AuditShown;
  choices: { kinds: { id: string; name: string }[]; actors: { id: string; name: string }[] };
}

export function AuditFilterForm({ filter, choices }: Props) {
  return (
    <Form method="get" key={JSON.stringify(filter)} role="search" aria-label="Audit log">
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="xs" mb="sm" style={{ alignItems: 'end' }}>
        <ChoiceSelect size="xs" name="kind" label="Kind" none="All" choices={choices.kinds} defaultValue={filter.kind} />
        <ChoiceSelect size="xs" name="who" label="Who" none="Everybody" choices={choices.actors} defaultValue={filter.who} />
        <TextInput size="xs" type="date" name="from" label="From" defaultValue={filter.from} />
        <TextInput size="xs" type="date" name="to" label="Until" defaultValue={filter.to} />
        <div>
          <Button type="submit" size="xs" variant="default">
            Show
          </Button>
        </div>
      </SimpleGrid>
    </Form>
  );
}
