import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Company, taxName } from '#app/domain/billing/documents/company.ts';
import { paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { shortPercent } from '#app/domain/billing/tax.ts';
import type { Column } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { type BillLine, BillLines } from './bill-lines.tsx';
import { Facts } from './facts.tsx';
import { InvoiceState } from './invoice-table.tsx';
import { dayBefore } from './period.ts';

export interface ShownInvoice {
  id: string;
  numberText: string;
  clientName: string;
  clientAddress: string;
  company: Pick<Company, 'taxNames'>;
  currency: string;
  issuedOn: string;
  dueOn: string;
  periodFrom: string;
  periodTo: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  credited: bigint;
  paid: bigint;
  writtenOff: bigint;
  open: bigint;
  lines: {
    id: string;
    sessionId: string | null;
    localDate: string;
    description: string;
    minutes: number | null;
    net: bigint;
    taxPercent: string;
    late: boolean;
    reason: unknown;
    creditedBy: string | null;
    credited: bigint;
    leftOut: string | null;
    attendanceId: string | null;
  }[];
  taxes: { taxPercent: string; net: bigint; tax: bigint }[];
  creditNotes: { id: string; numberText: string; issuedOn: string; reason: string; total: bigint }[];
  payments: { receivedOn: string; method: string; reference: string; amount: bigint }[];
}

function TakenBack({ line, currency }: { line: ShownInvoice['lines'][number]; currency: string }) {
  if (line.net + line.credited === 0n) return <>Taken back by {line.creditedBy}</>;
  return (
    <>
      <Money value={-line.credited} currency={currency} /> of it taken back by {line.creditedBy}
    </>
  );
}

interface InvoiceViewProps {
  invoice: ShownInvoice;
  today: string;
  /** Where a session's page is for this reader. */
  sessionBase: string;
  /** A column of one's own at the end of each line. */
  extra?: Column<BillLine>[];
  /** Between the lines and the payments. */
  children?: ReactNode;
}

/** The links to an invoice's files. */
export function InvoiceFiles({ id }: { id: string }) {
  return (
    <>
      <Button component="a" href={`/invoices/${id}.csv`} variant="default">
        CSV
      </Button>
      <Button component="a" href={`/invoices/${id}.pdf`}>
        PDF
      </Button>
    </>
  );
}

/** An invoice with its lines and their reasons, taxes, credit notes and payments; for the office and for its family. */
export function InvoiceView({ invoice, today, sessionBase, extra = [], children }: InvoiceViewProps) {
  const { currency } = invoice;
  const money = (value: bigint) => <Money value={value} currency={currency} />;
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ['State', <InvoiceState key="state" invoice={invoice} today={today} />],
          ['Total', money(invoice.total)],
          ...(invoice.credited === 0n ? [] : [['Credited', money(invoice.credited)] as [string, ReactNode]]),
          ['Paid', money(invoice.paid)],
          ...(invoice.writtenOff === 0n ? [] : [['Given up', money(invoice.writtenOff)] as [string, ReactNode]]),
          ['Open', money(invoice.open)],
          ['Issued', <LocalDate key="issued" value={invoice.issuedOn} />],
          ['Due', <LocalDate key="due" value={invoice.dueOn} />],
          [
            'Period',
            <span key="period">
              <LocalDate value={invoice.periodFrom} /> – <LocalDate value={dayBefore(invoice.periodTo)} />
            </span>,
          ],
        ]}
      />
      <section aria-labelledby="lines">
        <Title order={2} id="lines" mb="xs">
          Lines
        </Title>
        <BillLines
          caption={`Lines of ${invoice.numberText}`}
          currency={currency}
          extra={extra}
          lines={invoice.lines.map((line) => ({
            key: line.id,
            localDate: line.localDate,
            description: line.description,
            sessionTo: line.sessionId ? `${sessionBase}/${line.sessionId}` : null,
            minutes: line.minutes,
            amount: line.net,
            taxPercent: line.taxPercent,
            late: line.late,
            reason: line.reason,
            ...(line.creditedBy ? { note: <TakenBack line={line} currency={currency} /> } : {}),
            ...(line.sessionId && !line.creditedBy && sessionBase === '/office/sessions'
              ? { correctTo: `/office/sessions/${line.sessionId}/correct` }
              : {}),
          }))}
        />
        <Stack gap={2} mt="sm" pe={13} align="flex-end">
          <Text size="sm">Net {money(invoice.net)}</Text>
          {invoice.taxes
            .filter((one) => one.tax !== 0n)
            .map((one) => (
              <Text size="sm" key={one.taxPercent}>
                {taxName(invoice.company, shortPercent(one.taxPercent))} of {money(one.net)}: {money(one.tax)}
              </Text>
            ))}
          <Text fw={600}>Total {money(invoice.total)}</Text>
        </Stack>
      </section>
      {children}
      {invoice.creditNotes.length === 0 ? null : (
        <section aria-labelledby="credit-notes">
          <Title order={2} id="credit-notes" mb="xs">
            Credit notes
          </Title>
          <Stack gap={4}>
            {invoice.creditNotes.map((note) => (
              <Group key={note.id} gap="sm">
                <Anchor href={`/credit-notes/${note.id}.pdf`} size="sm">
                  {note.numberText} (PDF)
                </Anchor>
                <LocalDate value={note.issuedOn} />
                {money(note.total)}
                <Text size="sm" c="dimmed">
                  {note.reason}
                </Text>
              </Group>
            ))}
          </Stack>
        </section>
      )}
      {invoice.payments.length === 0 ? null : (
        <section aria-labelledby="payments">
          <Title order={2} id="payments" mb="xs">
            Payments
          </Title>
          <Stack gap={4}>
            {invoice.payments.map((payment) => (
              <Group key={`${payment.receivedOn}-${payment.amount}-${payment.reference}`} gap="sm">
                <LocalDate value={payment.receivedOn} />
                {money(payment.amount)}
                <Text size="sm" c="dimmed">
                  {[paymentMethodLabel(payment.method), payment.reference].filter(Boolean).join(', ')}
                </Text>
              </Group>
            ))}
          </Stack>
        </section>
      )}
    </Stack>
  );
}
