import { Text } from '@mantine/core';
import type { SessionMoney } from '#app/domain/corrections/correction.ts';
import { Credits, Money } from '#app/ui/money.tsx';
import { Facts, Panel } from '#app/ui/record-facts.tsx';

/** What it costs and pays as things stand. */
export function MoneyNow({ money }: { money: SessionMoney }) {
  const { places, pay } = money;
  return (
    <Panel title="As it stands">
      <Facts
        rows={[
          ...places.map((place): [string, React.ReactNode] => [
            place.studentName,
            <PlaceAmount key={place.attendanceId} place={place} />,
          ]),
          [
            'Tutor’s pay',
            <span key="pay">
              <Money value={pay.wages} />
              {pay.mileage === 0n ? null : (
                <>
                  {' '}
                  and <Money value={pay.mileage} /> mileage
                </>
              )}
              {pay.paid === 0n ? null : (
                <Text span size="xs" c="dimmed">
                  {' '}
                  (<Money value={pay.paid} /> in pay runs)
                </Text>
              )}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}

function PlaceAmount({ place }: { place: SessionMoney['places'][number] }) {
  if (place.creditsUsed + place.creditsBooked !== 0n)
    return (
      <>
        <Credits value={place.creditsUsed + place.creditsBooked} /> credits
      </>
    );
  return (
    <>
      <Money value={place.net} />
      <Text span size="xs" c="dimmed">
        {' '}
        {place.invoiceNumber ? `on ${place.invoiceNumber}` : place.net === 0n ? '' : 'not invoiced yet'}
      </Text>
    </>
  );
}
