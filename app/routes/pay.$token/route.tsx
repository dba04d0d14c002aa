import { Button, Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useParams } from '@remix-run/react';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { BillLines } from '../money-pages/bill-lines.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { InvoiceState } from '../money-pages/invoice-table.tsx';
import { loadLinkedInvoice } from '../money-pages/linked-invoice.server.ts';
import { answerPay, loadPay } from '../payment-pages/pay.server.ts';
import { PayOutcomeNote, PayPanel } from '../payment-pages/pay-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Invoice ${data?.invoice.numberText ?? ''}` },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { db, clock } = args.context;
  const invoice = await loadLinkedInvoice(args);
  const { numberText, clientName, currency, issuedOn, dueOn, total, credited, writtenOff, paid, open, company, lines } = invoice;
  return {
    invoice: { numberText, clientName, currency, issuedOn, dueOn, total, credited, writtenOff, paid, open },
    company: { name: company.name, email: company.email, paymentInstructions: company.paymentInstructions ?? '' },
    // Whoever holds the link sees what the paper says, and no more.
    lines: lines.map(({ id, localDate, description, minutes, net, taxPercent, late }) => ({
      ...{ key: id, localDate, description, minutes, amount: net, taxPercent, late, sessionTo: null, reason: null },
    })),
    today: localDateOf(clock(), (await getOrganisation(db)).timezone),
    pay: await loadPay(args.context, args.request, { clientIds: [invoice.clientId], invoiceId: invoice.id, mayKeepCard: false }),
  };
}

/** Whoever holds the link may pay the invoice; to keep a card one has to sign in. */
export async function action(args: ActionFunctionArgs) {
  const { context, params, request } = args;
  const invoice = await loadLinkedInvoice(args);
  const actor = { userId: null, kind: 'guest' as const, requestId: context.requestId };
  const here = `/pay/${params.token}`;
  return answerPay(context, actor, await request.formData(), {
    clientId: invoice.clientId,
    purpose: 'invoice',
    invoiceId: invoice.id,
    back: { success: here, cancel: here },
  });
}

export default function LinkedInvoice() {
  const { invoice, company, lines, today, pay } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { token } = useParams();
  const money = (value: bigint) => <Money value={value} currency={invoice.currency} />;
  return (
    <Container component="main" id="main" size={760} px="md" py="xl">
      <Stack gap="lg">
        <div>
          <Text c="dimmed">{company.name}</Text>
          <Title order={1}>Invoice {invoice.numberText}</Title>
          <Text size="sm">For {invoice.clientName}</Text>
        </div>
        <PayOutcomeNote outcome={pay.outcome} />
        <Paper withBorder p="md" radius="md">
          <Stack gap="md">
            <Facts
              facts={[
                ['State', <InvoiceState key="state" invoice={invoice} today={today} />],
                ['Total', money(invoice.total)],
                ...(invoice.credited === 0n ? [] : [['Credited', money(invoice.credited)] as const]),
                ['Paid', money(invoice.paid)],
                ['Open', money(invoice.open > 0n ? invoice.open : 0n)],
                ['Due', <LocalDate key="due" value={invoice.dueOn} />],
              ].map(([name, value]) => [name as string, value])}
            />
            {invoice.open > 0n && company.paymentInstructions ? (
              <div>
                <Title order={2} size="h4">
                  How to pay
                </Title>
                <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
                  {company.paymentInstructions}
                </Text>
              </div>
            ) : null}
            <Group>
              <Button component="a" href={`/pay/${token}.pdf`} variant="default">
                PDF
              </Button>
            </Group>
          </Stack>
        </Paper>
        {invoice.open > 0n ? (
          <PayPanel
            pay={pay}
            title="Pay by card"
            label={<>Pay {money(invoice.open)}</>}
            text="On the page of our payment provider. Your card’s number never comes to us."
            intent="pay"
            answer={answer}
          />
        ) : null}
        <BillLines caption={`Lines of ${invoice.numberText}`} lines={lines} currency={invoice.currency} />
        {company.email ? (
          <Text size="sm" c="dimmed">
            Something isn’t right? Write to {company.email}.
          </Text>
        ) : null}
      </Stack>
    </Container>
  );
}
