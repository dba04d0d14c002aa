/** Calendar months and the days of them in which a family was in a billing mode. Days YYYY-MM-DD; spans half-open. */

export interface Span {
  startsOn: string;
  /** The first day that is not in it; null: it goes on. */
  endsOn: string | null;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

export const daysBetween = (from: string, to: string) => Math.max(0, dayNumber(to) - dayNumber(from));

/** The calendar month of a day. */
export function monthAround(day: string): { from: string; to: string } {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const first = (y: number, m: number) => new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 10);
  return { from: first(year, month - 1), to: first(year, month) };
}

/** On how many days of `[from, to)` the family was in it; spans don't overlap. */
export function activeDays(spans: readonly Span[], { from, to }: { from: string; to: string }): number {
  return spans.reduce((sum, span) => {
    const first = span.startsOn > from ? span.startsOn : from;
    const end = span.endsOn !== null && span.endsOn < to ? span.endsOn : to;
    return sum + daysBetween(first, end);
  }, 0);
}
