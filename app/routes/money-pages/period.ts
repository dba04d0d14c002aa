/** A period as pages and URLs say it: its first and its last day. The domain's `to` is the day after. Browser-safe. */
export interface ShownPeriod {
  from: string;
  /** Inclusive. */
  until: string;
}

export interface PeriodPreset extends ShownPeriod {
  key: 'last' | 'this' | 'next';
  label: string;
}

const pad = (n: number) => String(n).padStart(2, '0');
const iso = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The calendar month `offset` months from that of `today`. */
export function monthOf(today: string, offset: number): ShownPeriod {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1 + offset;
  return { from: iso(year, month, 1), until: iso(year, month + 1, 0) };
}

export function presetsOf(today: string): PeriodPreset[] {
  return [
    { key: 'last', label: 'Last month', ...monthOf(today, -1) },
    { key: 'this', label: 'This month', ...monthOf(today, 0) },
  ];
}

/** Of years that a company may have books of: what is far beyond them has no month before or after it to show. */
const isDay = (text: string | null): text is string => {
  if (!text || !/^(19[7-9]\d|2[01]\d{2})-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return iso(year, month - 1, day) === `${pad(year)}-${pad(month)}-${pad(day)}`;
};

export interface ReadPeriod {
  shown: ShownPeriod;
  /** Half-open, for the domain; undefined when what stands in the URL is no period. */
  period: { from: string; to: string } | undefined;
  errors: Record<string, string>;
}

/** From the URL's `from` and `until`; without them last month. */
export function readPeriod(params: URLSearchParams, today: string): ReadPeriod {
  const from = params.get('from');
  const until = params.get('until');
  if (from === null && until === null) return read(monthOf(today, -1));
  return read({ from: from ?? '', until: until ?? '' });
}

function read(shown: ShownPeriod): ReadPeriod {
  const errors: Record<string, string> = {};
  if (!isDay(shown.from)) errors.from = 'Enter the first day.';
  if (!isDay(shown.until)) errors.until = 'Enter the last day.';
  else if (isDay(shown.from) && shown.until < shown.from) errors.until = 'The last day must not be before the first.';
  if (Object.keys(errors).length > 0) return { shown, period: undefined, errors };
  return { shown, period: { from: shown.from, to: dayAfter(shown.until) }, errors };
}

export function dayAfter(day: string): string {
  return iso(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)) + 1);
}

export function dayBefore(day: string): string {
  return iso(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)) - 1);
}

export const periodQuery = ({ from, until }: ShownPeriod) => `from=${from}&until=${until}`;
