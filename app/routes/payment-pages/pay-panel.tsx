import { Alert, Checkbox, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { GoElsewhere } from '#app/ui/go-elsewhere.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { PayFacts, PayOutcome } from './pay.server.ts';

const outcomes: Record<Exclude<PayOutcome['state'], 'failed'>, { color: string; text: string }> = {
  paid: { color: 'green', text: 'Thank you, your payment has arrived. A receipt comes by mail.' },
  saved: { color: 'green', text: 'Your card is saved.' },
  waiting: {
    color: 'blue',
    text: 'Your bank is still at it. As soon as the payment has arrived, it shows here and you get a receipt.',
  },
  left: { color: 'yellow', text: 'You left the payment page. Nothing was taken.' },
};

/** What became of the payment the reader comes back from. */
export function PayOutcomeNote({ outcome }: { outcome: PayOutcome | null }) {
  if (!outcome) return null;
  const { color, text } =
    outcome.state === 'failed' ? { color: 'red', text: `${outcome.message} Nothing was taken.` } : outcomes[outcome.state];
  return (
    <Alert color={color} variant="light" role="status" mb="md">
      {text}
    </Alert>
  );
}

interface PayAnswer {
  goTo?: string;
  message?: string;
  errors: Record<string, string>;
  form?: string;
}

interface PayPanelProps {
  pay: PayFacts;
  title: string;
  /** The button: "Pay 120.00 by card". */
  label: ReactNode;
  text: string;
  intent: string;
  fields?: Record<string, string>;
  answer: unknown;
  /** Only saves a card: the agreement is needed. */
  consentNeeded?: boolean;
}

/** The way to the provider's page, with the words that are agreed to where a card is kept. */
export function PayPanel({ pay, title, label, text, intent, fields = {}, answer, consentNeeded = false }: PayPanelProps) {
  if (!pay.checkout || (consentNeeded && !pay.consent)) return null;
  const own = (answer ?? undefined) as PayAnswer | undefined;
  const id = `pay-${intent}`;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby={id} className="no-print">
      <Title order={2} size="h4" id={id} mb={4}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={620}>
        {text}
      </Text>
      {own?.goTo ? <GoElsewhere url={own.goTo} label="Go on to the payment page" /> : null}
      {own?.message ? (
        <Alert color="red" variant="light" role="alert" mb="sm">
          {own.message}
        </Alert>
      ) : null}
      <Form method="post" noValidate>
        <input type="hidden" name="intent" value={intent} />
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Stack gap="sm" align="flex-start">
          {pay.consent ? (
            <Checkbox
              id={`${id}-save`}
              name="saveCard"
              value="on"
              label={consentNeeded ? pay.consent : 'Keep this card for my next invoices'}
              description={consentNeeded ? undefined : pay.consent}
              error={own?.errors?.saveCard}
              maw={620}
            />
          ) : null}
          <SubmitButton>
            <span>{label}</span>
          </SubmitButton>
        </Stack>
      </Form>
    </Paper>
  );
}
