import { Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { payTotals } from '#app/domain/payroll/pay-run.ts';
import { getPayRun, listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { BillLines } from '../money-pages/bill-lines.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { payLineView, withoutFees } from '../money-pages/pay-lines.ts';
import { dayBefore } from '../money-pages/period.ts';

export const meta: MetaFunction = () => [{ title: 'Statement · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  if (user.tutorId === null) throw notFound();
  await authorize(args, 'pay.read', { type: 'tutor', tutorId: user.tutorId }, { hide: true });
  const [run, lines] = [await found(getPayRun(db, id)), await listPayLines(db, id, user.tutorId)];
  // A run that pays others alone is not this tutor's to know of.
  if (lines.length === 0 || run.status === 'void') throw notFound();
  return {
    id,
    paidOn: run.paidOn,
    periodFrom: run.periodFrom,
    periodTo: run.periodTo,
    lines: lines.map(withoutFees),
    totals: payTotals(lines),
  };
}

export default function Statement() {
  const { id, paidOn, periodFrom, periodTo, lines, totals } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={
          <>
            <LocalDate value={periodFrom} /> to <LocalDate value={dayBefore(periodTo)} />
          </>
        }
        back={{ to: '/tutor/pay', label: 'Pay' }}
        actions={
          <Button component="a" href={`/tutor/pay/${id}.pdf`} variant="default">
            PDF
          </Button>
        }
      />
      <Facts
        facts={[
          ['Wages', <Money key="w" value={totals.wages} />],
          ['Mileage', <Money key="m" value={totals.mileage} />],
          ['Adjustments', <Money key="a" value={totals.adjustments} />],
          ['Total', <Money key="t" value={totals.total} />],
          ...(paidOn ? ([['Paid', <LocalDate key="p" value={paidOn} />]] as [string, React.ReactNode][]) : []),
        ]}
      />
      <BillLines caption="Lines of the statement" lines={lines.map((line) => payLineView(line, '/tutor/sessions'))} />
    </>
  );
}
