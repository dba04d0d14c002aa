import { Button, Checkbox, NativeSelect, SimpleGrid } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { RateChoices } from '../record-forms/rate-choices.server.ts';
import type { RatesShown } from './filter.server.ts';

export function RateFilterForm({ filter, choices, seesPay }: { filter: RatesShown; choices: RateChoices; seesPay: boolean }) {
  return (
    <Form method="get" key={JSON.stringify(filter)} role="search" aria-label="Rates">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="xs" mb="sm" style={{ alignItems: 'end' }}>
        {seesPay ? (
          <NativeSelect size="xs" name="side" label="For" defaultValue={filter.side}>
            <option value="">Both</option>
            <option value="charge">Client is charged</option>
            <option value="pay">Tutor is paid</option>
          </NativeSelect>
        ) : null}
        <ChoiceSelect
          size="xs"
          name="programId"
          label="Program"
          none="Any"
          choices={choices.programs}
          defaultValue={filter.programId}
        />
        <ChoiceSelect
          size="xs"
          name="subjectId"
          label="Subject"
          none="Any"
          choices={choices.subjects}
          defaultValue={filter.subjectId}
        />
        <ChoiceSelect size="xs" name="tutorId" label="Tutor" none="Any" choices={choices.tutors} defaultValue={filter.tutorId} />
        <ChoiceSelect
          size="xs"
          name="studentId"
          label="Student"
          none="Any"
          choices={choices.students}
          defaultValue={filter.studentId}
        />
        <Button type="submit" size="xs" variant="default">
          Show
        </Button>
      </SimpleGrid>
      <Checkbox size="xs" mb="sm" name="past" value="1" label="Also those that have ended" defaultChecked={filter.past} />
    </Form>
  );
}
