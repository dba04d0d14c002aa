import { Group, List, Stack, Table, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { leftOutLabel } from '#app/domain/billing/invoice-run.ts';
import type { CorrectionResult, PlaceMoney } from '#app/domain/corrections/correction.ts';
import { Credits, Money } from '#app/ui/money.tsx';
import type { FormValues } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  result: CorrectionResult;
  /** What was seen, sent along: it is done only if it still comes to this. */
  seen: string;
  values: FormValues;
}

/** The money before and after, what is written for it, and the one button that does it. */
export function CorrectionPreview({ result, seen, values }: Props) {
  const { before, after } = result;
  const rows = [
    ...after.places.map((place, index) => ({
      key: place.attendanceId,
      who: place.studentName,
      sub: place.clientName === place.studentName ? '' : place.clientName,
      was: before.places[index] ? <PlaceSide place={before.places[index]} /> : null,
      is: <PlaceSide place={place} />,
      same: sameSide(before.places[index], place),
    })),
    {
      key: 'wages',
      who: 'Tutor’s pay',
      sub: '',
      was: <Money value={before.pay.wages} />,
      is: <Money value={after.pay.wages} />,
      same: before.pay.wages === after.pay.wages,
    },
    ...(before.pay.mileage === 0n && after.pay.mileage === 0n
      ? []
      : [
          {
            key: 'mileage',
            who: 'Mileage',
            sub: '',
            was: <Money value={before.pay.mileage} />,
            is: <Money value={after.pay.mileage} />,
            same: before.pay.mileage === after.pay.mileage,
          },
        ]),
  ];
  return (
    <Panel title="What it comes to">
      <Table.ScrollContainer minWidth={300}>
        <Table verticalSpacing={8} className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Net</Table.Th>
              <Table.Th ta="end">Before</Table.Th>
              <Table.Th ta="end">After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={500}>
                  {row.who}
                  {row.sub ? (
                    <Text size="xs" c="dimmed">
                      {row.sub}
                    </Text>
                  ) : null}
                </Table.Th>
                <Table.Td ta="end">{row.was}</Table.Td>
                <Table.Td ta="end" fw={row.same ? 400 : 700}>
                  {row.is}
                  {row.same ? (
                    <Text size="xs" c="dimmed">
                      unchanged
                    </Text>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Written result={result} />
      <Form method="post">
        {Object.entries(values)
          .filter(([name]) => name !== 'intent' && name !== 'seen')
          .flatMap(([name, all]) =>
            all.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
          )}
        <input type="hidden" name="seen" value={seen} />
        <Group gap="sm" mt="xs">
          <SubmitButton name="intent" value="correct">
            Correct it so
          </SubmitButton>
          <Text size="xs" c="dimmed">
            All of it at once, or nothing
          </Text>
        </Group>
      </Form>
    </Panel>
  );
}

const sameSide = (was: PlaceMoney | undefined, is: PlaceMoney) =>
  was?.net === is.net && was.creditsUsed === is.creditsUsed && was.creditsBooked === is.creditsBooked;

function PlaceSide({ place }: { place: PlaceMoney }) {
  const credits = place.creditsUsed + place.creditsBooked;
  if (credits !== 0n)
    return (
      <>
        <Credits value={credits} /> credits
      </>
    );
  return (
    <>
      <Money value={place.net} />
      {place.net === 0n && place.leftOut ? (
        <Text size="xs" c="dimmed">
          {leftOutLabel(place.leftOut)}
        </Text>
      ) : null}
    </>
  );
}

/** The documents and lines that are written, a sentence each. */
function Written({ result }: { result: CorrectionResult }) {
  const { before, after, creditNotes, payCorrections } = result;
  const billed = after.places.filter(
    (place, index) => place.net !== 0n && (!place.invoiceNumber || before.places[index]?.net !== place.net),
  );
  const nothing = creditNotes.length === 0 && payCorrections.length === 0 && billed.length === 0;
  return (
    <Stack gap={4}>
      <List size="sm" spacing={4}>
        {creditNotes.map((note) => (
          <List.Item key={note.invoiceNumber}>
            A credit note of <Money value={note.total} /> with tax for {note.clientName}, on invoice {note.invoiceNumber}
          </List.Item>
        ))}
        {billed.map((place) => (
          <List.Item key={place.attendanceId}>
            {place.studentName} goes onto the family’s next invoice with <Money value={place.net} /> net
          </List.Item>
        ))}
        {payCorrections.map((correction) => (
          <List.Item key={correction.kind}>
            {correction.kind === 'mileage' ? 'Mileage' : 'Pay'} is corrected by <Money value={correction.amount} /> in the tutor’s
            next pay run
          </List.Item>
        ))}
        {nothing ? <List.Item>No document is written; what isn’t invoiced or paid yet follows by itself</List.Item> : null}
      </List>
    </Stack>
  );
}
