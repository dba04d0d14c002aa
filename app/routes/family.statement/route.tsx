import { Button, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { getStatement } from '#app/domain/billing/statement-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { payerOf } from '../balance-pages/family-payer.server.ts';
import { StatementTable } from '../balance-pages/statement-table.tsx';
import { dayAfter, monthOf, periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';

export const meta: MetaFunction = () => [{ title: 'Statement · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { clientId, clientIds } = await payerOf(args);
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const params = new URL(args.request.url).searchParams;
  const usual = new URLSearchParams({ from: monthOf(today, -3).from, until: today });
  const { shown, period, errors } = readPeriod(params.has('from') || params.has('until') ? params : usual, today);
  const statement = await getStatement(db, clientId, period ?? { from: monthOf(today, -3).from, to: dayAfter(today) });
  // What the office gives up, and why, is its own affair: the amount alone is said.
  const rows = statement.rows.map(({ paymentId: _payment, ...row }) => row);
  const { opening, closing, currency } = statement;
  return {
    statement: { rows, opening, closing, currency },
    keep: (clientIds.length > 1 ? { client: clientId } : {}) as Record<string, string>,
    presets: presetsOf(today),
    shown,
    errors,
  };
}

export default function FamilyStatement() {
  const { statement, keep, presets, shown, errors } = useLoaderData<typeof loader>();
  const query = `${periodQuery(shown)}${Object.entries(keep)
    .map(([name, value]) => `&${name}=${value}`)
    .join('')}`;
  return (
    <>
      <PageHeader
        title="Statement"
        back={{ to: '/family/invoices', label: 'Invoices' }}
        description="All that was invoiced, paid and taken back, day by day."
        actions={
          <Button component="a" href={`/family/statement.pdf?${query}`}>
            PDF
          </Button>
        }
      />
      <PeriodChoice path="/family/statement" shown={shown} presets={presets} errors={errors} keep={keep} />
      {statement.rows.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          Nothing happened in these days.
        </Text>
      ) : null}
      <StatementTable {...statement} invoiceBase="/family/invoices" />
    </>
  );
}
