import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';

export interface ReportBarsProps {
  /** A bar (or a group of bars) each: its label under `label`, and a number for each series. */
  data: Record<string, string | number>[];
  series: { name: string; label: string; color: string }[];
  stacked?: boolean;
  /** How a number is said. */
  format: (value: number) => string;
}

export function ReportBars({ data, series, stacked = false, format }: ReportBarsProps) {
  return (
    <BarChart
      h={240}
      data={data}
      dataKey="label"
      series={series}
      type={stacked ? 'stacked' : 'default'}
      valueFormatter={format}
      withLegend={series.length > 1}
      legendProps={{ verticalAlign: 'top', height: 32 }}
      tickLine="none"
      yAxisProps={{ width: 72 }}
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 12 }}
      barProps={{ maxBarSize: 40, isAnimationActive: false }}
    />
  );
}
