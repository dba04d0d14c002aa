import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { CardView, CollectionView } from '#app/domain/payments/queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

interface CardsProps {
  clientId: string;
  cards: readonly CardView[];
  autoCharge: boolean;
  /** What is going to be taken. */
  coming: readonly CollectionView[];
  /** Where the forms are sent; default: this page. */
  action?: string;
  /** Whose page it is: the words for it. */
  own: boolean;
}

/** The saved cards of a family, what they agreed to, and what is going to be taken from them. */
export function Cards({ clientId, cards, autoCharge, coming, action, own }: CardsProps) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby={`cards-${clientId}`}>
      <Title order={2} size="h4" id={`cards-${clientId}`} mb="xs">
        Saved cards
      </Title>
      {cards.length === 0 ? (
        <Text size="sm" c="dimmed">
          {own ? 'You have saved no card.' : 'This family has saved no card. It can do so itself, on its page of payments.'}
        </Text>
      ) : (
        <Stack gap="sm">
          {cards.map((card) => (
            <Stack gap={2} key={card.id}>
              <Group gap="sm">
                <Text fw={500}>
                  {card.brand ? card.brand.charAt(0).toUpperCase() + card.brand.slice(1) : 'Card'} ending in{' '}
                  {card.last4 || '····'}
                </Text>
                {card.expiresMonth ? (
                  <Text size="sm" c="dimmed">
                    until {String(card.expiresMonth).padStart(2, '0')}/{card.expiresYear}
                  </Text>
                ) : null}
                {card.isDefault && autoCharge ? <StatusBadge label="Pays invoices" tone="good" /> : null}
                <ConfirmButton
                  align="start"
                  size="xs"
                  label="Remove"
                  dangerous
                  {...(action ? { action } : {})}
                  confirm="Remove the card"
                  fields={{ intent: 'remove-card', clientId, cardId: card.id }}
                  consequence={
                    coming.length > 0
                      ? `Nothing more is taken from it; ${coming.length === 1 ? 'the payment' : 'the payments'} to come won’t be made.`
                      : 'Nothing more is taken from it, and the payment provider forgets it.'
                  }
                />
              </Group>
              <details>
                <summary>
                  <Text size="sm" span c="dimmed">
                    Agreed on <DateTime value={card.consentedAt} />
                  </Text>
                </summary>
                <Text size="sm" maw={620}>
                  {card.consentText}
                </Text>
              </details>
            </Stack>
          ))}
          {coming.map((one) => (
            <Text size="sm" key={one.id}>
              <Money value={one.amount} currency={one.currency} /> of {one.invoiceNumber} will be taken{' '}
              {one.chargeAt ? <DateTime value={one.chargeAt} /> : 'soon'}.{one.error ? ` Before: ${one.error}` : ''}
            </Text>
          ))}
          <Form method="post" {...(action ? { action } : {})}>
            <input type="hidden" name="intent" value="auto-charge" />
            <input type="hidden" name="clientId" value={clientId} />
            <Button type="submit" name="on" value={autoCharge ? 'off' : 'on'} variant="default" size="xs">
              {autoCharge ? 'Stop paying invoices from the card' : 'Pay invoices from the card'}
            </Button>
          </Form>
        </Stack>
      )}
    </Paper>
  );
}
