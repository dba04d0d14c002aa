/**
 * A tutor's weekly hours as they are drawn and written: spans of minutes from their day's midnight, which may run into the
 * next day (a Sunday's into Monday). Which hours hold on which date is in the table's rules. Pure and browser-safe.
 */

export interface WeekSpan {
  /** 1 is Monday. */
  weekday: number;
  startMinute: number;
  /** Over 1440: on the next day. */
  endMinute: number;
}

export interface DatedSpan extends WeekSpan {
  /** The first day on which it holds; null: always did. */
  validFrom: string | null;
  /** The first day on which it no longer holds; null: open. */
  validTo: string | null;
}

/** The hours of a time: from a day on, up to and without another. */
export interface WeekPlan {
  from: string | null;
  to: string | null;
  spans: WeekSpan[];
}

export const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

type Piece = [start: number, end: number];

/** Minutes of the week, cut where the week ends. */
function piecesOf(spans: readonly WeekSpan[]): Piece[] {
  return spans.flatMap(({ weekday, startMinute, endMinute }): Piece[] => {
    const start = (weekday - 1) * DAY_MINUTES + startMinute;
    const end = start + (endMinute - startMinute);
    if (end <= WEEK_MINUTES) return [[start, end]];
    return [
      [start, WEEK_MINUTES],
      [0, end - WEEK_MINUTES],
    ];
  });
}

function merged(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const [start, end] of [...pieces].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > start) result.push([start, end]);
  }
  return result;
}

/** As spans of at most a day: what is longer is cut at midnights. Sunday's end and Monday's beginning are one span again. */
function spansOf(pieces: readonly Piece[]): WeekSpan[] {
  const list = pieces.map(([start, end]): Piece => [start, end]);
  const [first] = list;
  const last = list.at(-1);
  const round = first && last && first !== last && first[0] === 0 && last[1] === WEEK_MINUTES;
  if (round && last[1] - last[0] + first[1] <= DAY_MINUTES) {
    last[1] += first[1];
    list.shift();
  }
  const spans: WeekSpan[] = [];
  for (const [from, end] of list) {
    let start = from;
    while (start < end) {
      const day = Math.floor(start / DAY_MINUTES);
      const stop = end - start <= DAY_MINUTES ? end : (day + 1) * DAY_MINUTES;
      spans.push({ weekday: day + 1, startMinute: start - day * DAY_MINUTES, endMinute: stop - day * DAY_MINUTES });
      start = stop;
    }
  }
  return spans;
}

/** The same hours without overlaps, in order. */
export function tidyWeek(spans: readonly WeekSpan[]): WeekSpan[] {
  return spansOf(merged(piecesOf(spans)));
}

/** The week after a stroke over some spans, which makes them free or takes them away. */
export function paintWeek(spans: readonly WeekSpan[], stroke: readonly WeekSpan[], free: boolean): WeekSpan[] {
  if (free) return tidyWeek([...spans, ...stroke]);
  const away = merged(piecesOf(stroke));
  const left = merged(piecesOf(spans)).flatMap((piece) =>
    away.reduce<Piece[]>(
      (pieces, [start, end]) =>
        pieces.flatMap(([from, to]): Piece[] => {
          if (end <= from || start >= to) return [[from, to]];
          return (
            [
              [from, Math.min(start, to)],
              [Math.max(end, from), to],
            ] as Piece[]
          ).filter(([a, b]) => b > a);
        }),
      [piece],
    ),
  );
  return spansOf(left);
}

/** Whether the tutor is free from that minute of the day on. */
export function isOpenAt(spans: readonly WeekSpan[], weekday: number, minute: number): boolean {
  const at = (weekday - 1) * DAY_MINUTES + minute;
  return piecesOf(spans).some(([start, end]) => at >= start && at < end);
}

export function weekMinutes(spans: readonly WeekSpan[]): number {
  return merged(piecesOf(spans)).reduce((sum, [start, end]) => sum + end - start, 0);
}

/** The parts of the spans that lie on one day, for a picture of the week: a span over midnight is on two. */
export function partsOfDay(spans: readonly WeekSpan[], weekday: number): { start: number; end: number }[] {
  const midnight = (weekday - 1) * DAY_MINUTES;
  return merged(piecesOf(spans))
    .map(([start, end]) => ({ start: Math.max(0, start - midnight), end: Math.min(DAY_MINUTES, end - midnight) }))
    .filter(({ start, end }) => end > start);
}

/** The plans that follow each other, from the one that holds on `today` on. The first may be empty: no hours then. */
export function plansFrom(rules: readonly DatedSpan[], today: string): WeekPlan[] {
  const bounds = [...new Set(rules.flatMap((rule) => [rule.validFrom, rule.validTo]))].filter((day) => day !== null).sort();
  const starts = [null, ...bounds];
  const plans: WeekPlan[] = [];
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? null;
    if (to !== null && to <= today) continue;
    const spans = tidyWeek(rules.filter((rule) => holdsFrom(rule, from)));
    const last = plans.at(-1);
    if (last && sameWeek(last.spans, spans)) last.to = to;
    else plans.push({ from, to, spans });
  }
  return plans;
}

const holdsFrom = (rule: DatedSpan, from: string | null) =>
  (rule.validFrom === null || (from !== null && rule.validFrom <= from)) &&
  (rule.validTo === null || from === null || rule.validTo > from);

export const sameWeek = (a: readonly WeekSpan[], b: readonly WeekSpan[]) => JSON.stringify(a) === JSON.stringify(b);

/** The plan that holds on a day. */
export function planOn(rules: readonly DatedSpan[], day: string): WeekSpan[] {
  return tidyWeek(rules.filter((rule) => (rule.validFrom ?? day) <= day && (rule.validTo === null || rule.validTo > day)));
}

/**
 * The rules after other hours were given for the days from `from` (null: always) up to and without `to`: what held before
 * and after stays, what is the same on both sides of a bound becomes one rule again.
 */
export function replaceWeek(rules: readonly DatedSpan[], { from, to, spans }: WeekPlan): DatedSpan[] {
  const kept = rules.flatMap((rule): DatedSpan[] => {
    const before: DatedSpan[] = from === null ? [] : [{ ...rule, validTo: earlier(rule.validTo, from) }];
    const after: DatedSpan[] = to === null ? [] : [{ ...rule, validFrom: later(rule.validFrom, to) }];
    return [...before, ...after].filter((part) => !isEmpty(part));
  });
  const all = [...kept, ...tidyWeek(spans).map((span) => ({ ...span, validFrom: from, validTo: to }))];
  return joined(all);
}

const isEmpty = ({ validFrom, validTo }: DatedSpan) => validFrom !== null && validTo !== null && validTo <= validFrom;
const earlier = (day: string | null, other: string) => (day === null || day > other ? other : day);
const later = (day: string | null, other: string) => (day === null || day < other ? other : day);

/** One rule for the same hours of times that touch or overlap. */
function joined(rules: readonly DatedSpan[]): DatedSpan[] {
  const sorted = [...rules].sort(
    (a, b) =>
      a.weekday - b.weekday ||
      a.startMinute - b.startMinute ||
      a.endMinute - b.endMinute ||
      (a.validFrom ?? '').localeCompare(b.validFrom ?? ''),
  );
  const result: DatedSpan[] = [];
  for (const rule of sorted) {
    const last = result.at(-1);
    const same = last?.weekday === rule.weekday && last.startMinute === rule.startMinute && last.endMinute === rule.endMinute;
    if (last && same && (last.validTo === null || (rule.validFrom ?? '') <= last.validTo)) {
      last.validTo = last.validTo === null || rule.validTo === null ? null : later(last.validTo, rule.validTo);
    } else result.push({ ...rule });
  }
  return result;
}

/** Says which saved week a page was made from: other hours, another text. */
export function weekStamp(rules: readonly DatedSpan[]): string {
  return joined(rules)
    .map((rule) => [rule.weekday, rule.startMinute, rule.endMinute, rule.validFrom ?? '', rule.validTo ?? ''].join('.'))
    .join(' ');
}

/** 1 (Monday) to 7 of a local date. */
export const weekdayOf = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
