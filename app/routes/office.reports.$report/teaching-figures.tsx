import { growth, marginOf, payOf, permille, revenueOf } from '#app/domain/reports/teaching.ts';
import type { TeachingReportPage } from '#app/domain/reports/teaching-report.server.ts';
import { Money } from '#app/ui/money.tsx';
import { Figures, Hours, Percent } from '../report-pages/figures.tsx';
import type { ReportFilter } from '../report-pages/report-filter.ts';

/** Hours, revenue, pay and margin stand on each of the four pages: one explains the other. */
export function TeachingFigures({ report, filter }: { report: TeachingReportPage; filter: ReportFilter }) {
  const { total, before } = report;
  const against = before ? (filter.compare === 'year' ? 'on a year earlier' : 'on the time before') : undefined;
  const grown = (of: (sums: typeof total) => bigint) => (before ? growth(of(total), of(before)) : undefined);
  const revenue = revenueOf(total);
  return (
    <Figures
      against={against}
      figures={[
        {
          label: 'Hours taught',
          value: <Hours minutes={total.minutes} />,
          growth: grown((sums) => BigInt(sums.minutes)),
          note: `${total.sessions} ${total.sessions === 1 ? 'session' : 'sessions'}`,
        },
        {
          label: 'Revenue',
          value: <Money value={revenue} />,
          growth: grown(revenueOf),
          note:
            total.unbilled === 0n ? null : (
              <>
                <Money value={total.unbilled} /> not invoiced yet
              </>
            ),
        },
        {
          label: 'Pay',
          value: <Money value={payOf(total)} />,
          growth: grown(payOf),
          note:
            total.mileage === 0n ? null : (
              <>
                <Money value={total.mileage} /> of it mileage
              </>
            ),
        },
        {
          label: 'Margin',
          value: <Money value={marginOf(total)} />,
          growth: grown(marginOf),
          note:
            revenue > 0n ? (
              <>
                <Percent value={permille(marginOf(total), revenue)} /> of the revenue
              </>
            ) : null,
        },
      ]}
    />
  );
}
