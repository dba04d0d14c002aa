import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useState } from 'react';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { TravelView } from './view-pairs.ts';

const labels = { otherId: 'Between here and', minutes: 'Minutes', miles: 'Miles' };

/** How long a tutor needs between this place and others: what was entered beats distance and speed. */
export function TravelTimes({ travel, answer }: { travel: TravelView; answer: RecordAnswer | undefined }) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({}, answer);
  const [other, setOther] = useState(answer?.values.otherId?.[0] ?? '');
  const choices = [...travel.others, ...travel.entered];
  const hint = choices.find((pair) => pair.id === other)?.hint;
  const { defaultValue: _, ...otherField } = field('otherId');
  return (
    <Panel title="The way to other places">
      <Text size="sm" c="dimmed" id="travel">
        {travel.located
          ? `Between two places on the map a tutor gets the straight distance at ${travel.speedKmh} km an hour; where you know it better, say so here.`
          : `This place is not on the map, so ${travel.defaultMinutes} minutes hold to every other place, unless you say otherwise here.`}
      </Text>
      {travel.entered.length > 0 ? (
        <DataTable
          caption="The way to other places"
          rows={travel.entered}
          rowKey={(pair) => pair.id}
          columns={[
            { key: 'name', header: 'Place', primary: true, cell: (pair) => pair.name },
            { key: 'minutes', header: 'Minutes', align: 'right', cell: (pair) => pair.minutes },
            { key: 'miles', header: 'Miles', align: 'right', cell: (pair) => pair.miles ?? '–' },
            { key: 'hint', header: 'Otherwise', cell: (pair) => pair.hint },
            {
              key: 'remove',
              header: '',
              align: 'right',
              cell: (pair) => (
                <Form method="post">
                  <input type="hidden" name="otherId" value={pair.id} />
                  <SubmitButton
                    name="intent"
                    value="remove-travel"
                    variant="subtle"
                    color="gray"
                    size="compact-xs"
                    aria-label={`Remove the way to ${pair.name}`}
                  >
                    Remove
                  </SubmitButton>
                </Form>
              ),
            },
          ]}
        />
      ) : null}
      {choices.length === 0 ? (
        <Text size="sm">Once there is a second place, say here how long it takes to get there.</Text>
      ) : (
        <Form method="post" ref={form} noValidate key={travel.entered.map((pair) => `${pair.id}${pair.minutes}`).join()}>
          <Stack gap="sm">
            <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
            <NativeSelect
              {...otherField}
              label={labels.otherId}
              value={other}
              onChange={({ currentTarget: { value } }) => setOther(value)}
              description={hint ? `Otherwise: ${hint}` : undefined}
              data={[{ value: '', label: 'Choose a place' }, ...choices.map((pair) => ({ value: pair.id, label: pair.name }))]}
            />
            <Group gap="sm" align="flex-start">
              <TextInput {...field('minutes')} type="number" min={0} max={1440} label={labels.minutes} w={110} />
              <TextInput {...field('miles')} inputMode="decimal" label={labels.miles} placeholder="Not said" w={110} />
            </Group>
            <div>
              <SubmitButton name="intent" value="travel">
                Save the way
              </SubmitButton>
            </div>
          </Stack>
        </Form>
      )}
    </Panel>
  );
}
