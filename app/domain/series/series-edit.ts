import { listDates, matchDates, type Recurrence, readRule } from '#app/domain/scheduling/recurrence.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { isPlanned, type Occurrence, occurrenceOn } from './occurrences.ts';
import { rollUntil } from './roll-until.ts';

/** What an edit of "this and following" or of all comes to, day by day. Pure, so that it can be tried with any series. */

export interface EditedSeries extends Recurrence {
  startMinute: number;
  durationMinutes: number;
  zone: string;
  organisationZone: string;
  rolledTo: string;
}

/** Why a session is left as it is. */
export type Frozen = 'past' | 'closed_out' | 'billed' | 'cancelled' | 'exception';

export interface EditedSession {
  id: string;
  originalDate: string;
  frozen: Frozen | null;
}

export interface SeriesChange {
  rrule?: string | undefined;
  startMinute?: number | undefined;
  durationMinutes?: number | undefined;
  /** Counted from the first changed one; both null: open. */
  end?: { untilOn: string | null; occurrences: number | null } | undefined;
}

export interface EditInput<S extends EditedSession> {
  series: EditedSeries;
  /** All of its sessions. */
  sessions: readonly S[];
  skips: readonly string[];
  scope: 'following' | 'all';
  /** Of "this and following": the day the rule gave the first one. */
  from: string;
  change: SeriesChange;
  now: Date;
  horizonDays: number;
}

export interface EditEffects<S> {
  /** The first day of the rule as it was that is changed; what is before it stays. */
  from: string;
  /** What is before `from` stays a series of its own, and this becomes a new one. */
  cut: boolean;
  /** Of the changed part: of the new series, or of the whole where nothing is cut. */
  recurrence: Recurrence;
  startMinute: number;
  durationMinutes: number;
  rolledTo: string;
  /** These go along, each to its day of the new rule (often the same). */
  moves: { session: S; occurrence: Occurrence }[];
  /** These stay as they are, and hold their day of the new rule, so that it is not filled again. */
  kept: { session: S; date: string; why: Frozen | 'too_late' }[];
  /** For these the new rule has no day. */
  cancelled: S[];
  /** Days of the new rule on which there was nothing. */
  booked: Occurrence[];
  /** Days left out stay left out, on their day of the new rule; null: it has none. */
  skips: { from: string; to: string | null }[];
}

export function effectsOf<S extends EditedSession>(input: EditInput<S>): EditEffects<S> {
  const { series, sessions, skips, change, now } = input;
  const from = firstChanged(input);
  const head = listDates(series, { to: addDays(from, -1) });
  const cut = input.scope === 'following' && head.length > 0;
  const time = {
    startMinute: change.startMinute ?? series.startMinute,
    durationMinutes: change.durationMinutes ?? series.durationMinutes,
    zone: series.zone,
    organisationZone: series.organisationZone,
  };
  const lastSkip = [...skips].sort().at(-1) ?? '';
  const known = later(series.rolledTo, lastSkip);
  const former = listDates(series, { from, to: known });
  const tail = tailOf(input, from, head);
  const today = localDateOf(now, series.zone);
  const open = tail.untilOn === null && tail.occurrences === null;
  const rolled = open ? later(series.rolledTo, rollUntil(tail.startsOn, today, input.horizonDays)) : undefined;
  const listed = listDates(tail, rolled === undefined ? {} : { to: later(rolled, addDays(known, 31)) });
  const occurrences = new Map(listed.map((date) => [date, occurrenceOn(date, time)]));
  const isPast = (date: string) => {
    const occurrence = occurrences.get(date);
    return occurrence !== undefined && isPlanned(occurrence) && occurrence.startsAt <= now;
  };
  const upcoming = listed.filter((date) => !isPast(date));
  const rolledTo = rolled ?? upcoming.at(-1) ?? from;

  const affected = sessions.filter((session) => session.originalDate >= from);
  // Kept from an earlier edit on a day that was in no rule: if the new one has that day, it is its own.
  const kept = affected.map((session) => session.originalDate).filter((date) => !former.includes(date) && occurrences.has(date));
  // The changed rule may begin before `from`. A day there that a session of this series is of, cancelled ones too, is not given
  // to another; where the series is cut, those sessions are the former one's.
  const before = new Set(cut ? [] : sessions.map((session) => session.originalDate).filter((date) => date < from));
  const free = listed.filter((date) => !kept.includes(date) && !before.has(date));
  const matched = matchDates(former, free, [series.rrule, tail.rrule]);
  for (const date of kept) matched.set(date, date);

  const effects: EditEffects<S> = {
    from,
    cut,
    recurrence: written(input, tail, upcoming, head.length, cut),
    startMinute: time.startMinute,
    durationMinutes: time.durationMinutes,
    rolledTo,
    moves: [],
    kept: [],
    cancelled: [],
    booked: [],
    skips: [],
  };
  const held = new Set<string>(before);
  for (const session of affected) {
    const date = matched.get(session.originalDate);
    const occurrence = date === undefined || isPast(date) ? undefined : occurrences.get(date);
    if (occurrence) held.add(occurrence.date);
    if (session.frozen !== null || (date !== undefined && !occurrence)) {
      const day = occurrence?.date ?? session.originalDate;
      effects.kept.push({ session, date: day, why: session.frozen ?? 'too_late' });
      held.add(day);
    } else if (occurrence) effects.moves.push({ session, occurrence });
    else effects.cancelled.push(session);
  }
  for (const skip of skips.filter((date) => date >= from)) {
    const date = matched.get(skip);
    const to = date === undefined || isPast(date) ? null : date;
    if (to !== null) held.add(to);
    effects.skips.push({ from: skip, to });
  }
  for (const date of upcoming) {
    const occurrence = occurrences.get(date);
    if (occurrence && date <= rolledTo && !held.has(date)) effects.booked.push(occurrence);
  }
  return effects;
}

const later = (a: string, b: string) => (a > b ? a : b);

/** The first day of the rule whose session can still change. */
function firstChanged({ series, sessions, skips, scope, from }: EditInput<EditedSession>): string {
  const least = scope === 'all' ? '' : from;
  const open = sessions.filter((session) => session.originalDate >= least && session.frozen !== 'past');
  const days = [
    ...open.map((session) => session.originalDate),
    ...skips.filter((date) => date >= least && !isBeforePast(date, sessions)),
  ];
  const past = sessions.filter((session) => session.frozen === 'past').map((session) => session.originalDate);
  return days.sort()[0] ?? later(later(series.startsOn, least), past.length > 0 ? addDays(past.sort().at(-1) ?? '', 1) : '');
}

/** A day left out between lessons that are over is over too. */
const isBeforePast = (date: string, sessions: readonly EditedSession[]) =>
  sessions.some((session) => session.frozen === 'past' && session.originalDate > date);

/** The rule from the first changed day on. A changed one may begin earlier in the same week or month: a Tuesday becomes its Monday. */
function tailOf({ series, change }: EditInput<EditedSession>, from: string, head: readonly string[]): Recurrence {
  const rrule = change.rrule ?? series.rrule;
  const changed = rrule !== series.rrule;
  const end = change.end ?? {
    untilOn: series.untilOn,
    occurrences: series.occurrences === null ? null : Math.max(1, series.occurrences - head.length),
  };
  if (!changed) return { rrule, startsOn: from, ...end };
  const beginning = periodStart(from, [series.rrule, rrule]);
  const last = head.at(-1);
  return { rrule, startsOn: last !== undefined && last >= beginning ? addDays(last, 1) : beginning, ...end };
}

function periodStart(date: string, rules: readonly string[]): string {
  const frequencies = rules.map((rule) => readRule(rule).freq);
  if (frequencies.includes('YEARLY') || frequencies.includes('MONTHLY')) return `${date.slice(0, 7)}-01`;
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}

/** The rule as it is kept: of all where it only ends otherwise, else of the part from the first changed day on. */
function written(
  { series, change }: EditInput<EditedSession>,
  tail: Recurrence,
  upcoming: readonly string[],
  before: number,
  cut: boolean,
): Recurrence {
  const changed = tail.rrule !== series.rrule;
  if (!changed && !cut) {
    const occurrences = tail.occurrences === null ? null : change.end ? before + tail.occurrences : series.occurrences;
    return { rrule: series.rrule, startsOn: series.startsOn, untilOn: tail.untilOn, occurrences };
  }
  if (!changed) return tail;
  return {
    ...tail,
    startsOn: upcoming[0] ?? tail.startsOn,
    occurrences: tail.occurrences === null ? null : Math.max(1, upcoming.length),
  };
}
