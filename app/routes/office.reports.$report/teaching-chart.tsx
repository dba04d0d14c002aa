import { currencyDigits } from '#app/domain/billing/money.ts';
import { type Metric, metricOf } from '#app/domain/reports/teaching.ts';
import type { TeachingReportPage } from '#app/domain/reports/teaching-report.server.ts';
import { useViewer } from '#app/ui/viewer.ts';
import { bucketLabel } from '../report-pages/bucket-label.ts';
import { ReportChart } from '../report-pages/report-chart.tsx';

const series: Record<Metric, { name: Metric; label: string; color: string }[]> = {
  hours: [{ name: 'hours', label: 'Hours', color: 'lectern.6' }],
  revenue: [{ name: 'revenue', label: 'Revenue', color: 'lectern.6' }],
  pay: [{ name: 'pay', label: 'Pay', color: 'lectern.6' }],
  margin: [
    { name: 'revenue', label: 'Revenue', color: 'lectern.3' },
    { name: 'pay', label: 'Pay', color: 'gray.5' },
    { name: 'margin', label: 'Margin', color: 'lectern.7' },
  ],
};

/** The metric over the days, weeks or months of the period. Only the picture is drawn with floating point numbers. */
export function TeachingChart({ report, metric }: { report: TeachingReportPage; metric: Metric }) {
  const { locale, currency } = useViewer();
  const shown = series[metric];
  const scale = metric === 'hours' ? 60 : 10 ** currencyDigits(currency);
  const data = report.buckets.map((bucket) => ({
    label: bucketLabel(bucket, report.unit, locale),
    ...Object.fromEntries(shown.map(({ name }) => [name, Number(metricOf(bucket.sums, name)) / scale])),
  }));
  const format = new Intl.NumberFormat(
    locale,
    metric === 'hours' ? { maximumFractionDigits: 1 } : { style: 'currency', currency, maximumFractionDigits: 0 },
  );
  return (
    <ReportChart
      label={`${shown.map((one) => one.label).join(', ')} by ${report.unit}`}
      data={data}
      series={shown}
      format={(value) => format.format(value)}
    />
  );
}
