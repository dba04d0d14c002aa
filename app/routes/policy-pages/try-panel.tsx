import { Alert, Button, NativeSelect, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useFetcher } from '@remix-run/react';
import { type MouseEvent, useState } from 'react';
import type { RecordAnswer, RecordField } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import type { Trial, TrialFields, TrialLine } from './trial-view.ts';

interface Props extends TrialFields {
  field: (name: string) => RecordField;
  /** Of the form as it was sent, without a script. */
  trial: Trial | undefined;
}

type Answer = RecordAnswer & { trial?: Trial };

/** Inside the form of the rules: what they would come to on a session, before they are saved. */
export function TryPanel({ sessions, field, trial }: Props) {
  const fetcher = useFetcher<Answer>();
  const [made, setMade] = useState(field('try.session').defaultValue === '');
  const answer = fetcher.data;
  const shown = answer ? answer.trial : trial;
  const refused = answer !== undefined && answer.trial === undefined;
  const tryIt = (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    if (!button.form) return;
    event.preventDefault();
    fetcher.submit(new FormData(button.form, button), { method: 'post' });
  };
  const error = (name: string) => shown?.errors[name];
  return (
    <FormSection title="Try it on a session">
      <Text size="sm" c="dimmed">
        What families pay and the tutor gets by these rules, beside what holds now. Nothing is saved.
      </Text>
      <NativeSelect
        {...field('try.session')}
        label="Session"
        error={error('try.session')}
        data={[{ value: '', label: 'A made-up one' }, ...sessions]}
        onChange={(event) => setMade(event.currentTarget.value === '')}
      />
      <SimpleGrid cols={{ base: 2, sm: made ? 4 : 1 }} spacing="sm">
        {made ? (
          <>
            <TextInput {...field('try.minutes')} label="Minutes" inputMode="numeric" error={error('try.minutes')} />
            <TextInput {...field('try.rate')} label="Fee, an hour" inputMode="decimal" error={error('try.rate')} />
            <TextInput {...field('try.pay')} label="Pay, an hour" inputMode="decimal" error={error('try.pay')} />
          </>
        ) : null}
        <TextInput
          {...field('try.notice')}
          label="Hours of notice"
          placeholder="Any"
          inputMode="decimal"
          maw={260}
          error={error('try.notice')}
        />
      </SimpleGrid>
      <div>
        <Button type="submit" name="intent" value="try" variant="default" loading={fetcher.state !== 'idle'} onClick={tryIt}>
          Try it
        </Button>
      </div>
      <div aria-live="polite">
        {refused ? <Refused answer={answer} /> : null}
        {shown?.rows ? <TrialTable rows={shown.rows} /> : null}
      </div>
    </FormSection>
  );
}

function Refused({ answer }: { answer: Answer }) {
  const said = [answer.message, ...Object.values(answer.errors)].filter(Boolean);
  return (
    <Alert color="yellow" variant="light" title="These rules can’t be tried yet">
      {said.join('. ')}.
    </Alert>
  );
}

function TrialTable({ rows }: { rows: TrialLine[] }) {
  const changed = rows.some((row) => row.changed);
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {changed
          ? 'Where the new rules come to something else, it stands in bold.'
          : 'These rules come to the same as those that hold.'}
      </Text>
      <Table.ScrollContainer minWidth={520} type="native">
        <Table className="tabular" verticalSpacing={6} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">What happens</Table.Th>
              <Table.Th scope="col" ta="end">
                Family pays now
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Then
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Tutor gets now
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Then
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.what}>
                <Table.Th scope="row" fw={400}>
                  {row.what}
                </Table.Th>
                <Amount text={row.before.charge} note={row.before.note} />
                <Amount
                  text={row.after.charge}
                  note={row.after.note}
                  bold={row.before.charge !== row.after.charge || row.before.note !== row.after.note}
                />
                <Amount text={row.before.pay} />
                <Amount text={row.after.pay} bold={row.before.pay !== row.after.pay} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        Before tax, for all its families together; who pays by credits uses that share of a credit.
      </Text>
    </Stack>
  );
}

function Amount({ text, note = '', bold = false }: { text: string; note?: string; bold?: boolean }) {
  return (
    <Table.Td ta="end" fw={bold ? 700 : undefined}>
      {text}
      {note ? (
        <Text size="xs" c="dimmed" fw={400}>
          {note}
        </Text>
      ) : null}
    </Table.Td>
  );
}
