import { dayAfter, monthOf, type PeriodPreset, readPeriod } from '../money-pages/period.ts';

/** The days a pro forma is of: those of the URL, else next month. */
export function proFormaPeriod(url: string, today: string) {
  const params = new URL(url).searchParams;
  const next = monthOf(today, 1);
  const chosen = params.has('from') || params.has('until') ? params : new URLSearchParams({ ...next });
  const presets: PeriodPreset[] = [
    { key: 'this', label: 'This month', ...monthOf(today, 0) },
    { key: 'next', label: 'Next month', ...next },
  ];
  return { ...readPeriod(chosen, today), presets, fallback: { from: next.from, to: dayAfter(next.until) } };
}
