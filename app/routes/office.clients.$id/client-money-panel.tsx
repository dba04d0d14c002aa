import { Anchor, Group } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ClientMoney } from '#app/domain/people/money-of.server.ts';
import { Credits, Money } from '#app/ui/money.tsx';
import { Facts, Panel } from '#app/ui/record-facts.tsx';

/** Only for those who may see money: the loader sends none to others. */
export function ClientMoneyPanel({ money, clientId }: { money: ClientMoney; clientId: string }) {
  return (
    <Panel
      title="Money"
      aside={
        <Group gap="sm">
          <Anchor component={Link} to={`/office/balances/${clientId}`} size="sm">
            Statement
          </Anchor>
          <Anchor component={Link} to={`/office/invoices?client=${clientId}`} size="sm">
            Invoices
          </Anchor>
          <Anchor component={Link} to={`/office/clients/${clientId}/cards`} size="sm">
            Cards
          </Anchor>
          <Anchor component={Link} to={`/office/payments/new?family=${clientId}`} size="sm">
            Record a payment
          </Anchor>
        </Group>
      }
    >
      <Facts
        rows={[
          money.owed < 0n
            ? ['Paid ahead', <Money key="owed" value={-money.owed} />]
            : ['Owed', <Money key="owed" value={money.owed} />],
          ['Not invoiced yet', <Money key="unbilled" value={money.unbilled} />],
          [
            'Credits available',
            money.credits ? (
              <span key="available">
                <Credits value={money.credits.available} />
                {money.credits.available < 0n ? ' (below zero: a new package is due)' : ''}
              </span>
            ) : null,
          ],
          ['Credits booked', money.credits ? <Credits key="booked" value={money.credits.booked} /> : null],
        ]}
      />
    </Panel>
  );
}
