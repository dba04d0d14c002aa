/** Parts of the week that a public form lets somebody tick, as the form sends them: `2-960-1200` is Tuesday 16 to 20. */

export const DAY_PARTS = [
  { name: 'Morning', start: 8 * 60, end: 12 * 60 },
  { name: 'Afternoon', start: 12 * 60, end: 16 * 60 },
  { name: 'Evening', start: 16 * 60, end: 20 * 60 },
] as const;

/** 1 is Monday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export interface WeekPart {
  weekday: number;
  startMinute: number;
  endMinute: number;
}

export const partKey = (weekday: number, part: { start: number; end: number }) => `${weekday}-${part.start}-${part.end}`;

const KNOWN = new Map<string, WeekPart>(
  WEEKDAYS.flatMap((weekday) =>
    DAY_PARTS.map((part) => [partKey(weekday, part), { weekday, startMinute: part.start, endMinute: part.end }] as const),
  ),
);

export const isWeekPart = (key: string): boolean => KNOWN.has(key);

/** The ticked parts in the order of the week, those that follow each other as one. */
export function readWeekParts(keys: readonly string[]): WeekPart[] {
  const joined: WeekPart[] = [];
  for (const [key, part] of KNOWN) {
    if (!keys.includes(key)) continue;
    const last = joined.at(-1);
    if (last?.weekday === part.weekday && last.endMinute === part.startMinute) last.endMinute = part.endMinute;
    else joined.push({ ...part });
  }
  return joined;
}
