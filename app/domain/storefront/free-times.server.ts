import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { listSlots, type Slot } from '#app/domain/scheduling/list-slots.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';

export interface FreeTimesSearch {
  tutorIds: readonly string[];
  programId: string;
  durationMinutes: number;
  mode: 'online' | 'in_person';
  studentIds?: readonly string[];
  /** The reader's: days are theirs. */
  zone: string;
  /** The week begins here; undefined: where there is something first. */
  from?: string | undefined;
  horizonDays: number;
  /** The reader's own hold, whose time is still to be had by them. */
  exceptHoldId?: string | undefined;
}

export interface FreeWeek {
  /** Seven days of the reader. */
  days: { date: string; slots: Slot[] }[];
  first: string;
  last: string;
}

const WEEK = 7;
const LOOK_AHEAD = 28;

/**
 * A week of times that can be booked, by the reader's days; without a day to begin with, the first week that has any. Of
 * several tutors free at the same moment it lists one, each in turn.
 */
export async function listFreeWeek(db: Kysely<DB>, ctx: DomainContext, search: FreeTimesSearch): Promise<FreeWeek> {
  const today = localDateOf(ctx.clock(), search.zone);
  const last = addDays(today, search.horizonDays);
  if (search.from) {
    const first = search.from < today ? today : search.from > last ? last : search.from;
    return week(first, last, await slotsOf(db, ctx, search, first, addDays(first, WEEK)), search.zone);
  }
  for (let from = today; from <= last; from = addDays(from, LOOK_AHEAD)) {
    const slots = await slotsOf(db, ctx, search, from, addDays(from, LOOK_AHEAD));
    const [first] = slots;
    if (!first) continue;
    const day = localDateOf(first.startsAt, search.zone);
    const start = day < addDays(today, WEEK) ? today : day;
    return week(start, last, slots, search.zone);
  }
  return week(today, last, [], search.zone);
}

/** Of the organisation's days, a day more at both ends: the reader's may begin before and end after them. */
async function slotsOf(db: Kysely<DB>, ctx: DomainContext, search: FreeTimesSearch, from: string, to: string): Promise<Slot[]> {
  const { tutorIds, programId, durationMinutes, mode, studentIds = [], exceptHoldId } = search;
  if (tutorIds.length === 0) return [];
  return listSlots(db, ctx, {
    tutorIds,
    programId,
    durationMinutes,
    mode,
    studentIds,
    fromDate: addDays(from, -1),
    toDate: addDays(to, 1),
    by: 'storefront',
    ...(exceptHoldId ? { exceptHoldId } : {}),
  });
}

function week(first: string, last: string, slots: readonly Slot[], zone: string): FreeWeek {
  const byDay = Map.groupBy(slots, (slot) => localDateOf(slot.startsAt, zone));
  const named = new Map<string, number>();
  const days = Array.from({ length: WEEK }, (_, n) => {
    const date = addDays(first, n);
    const byStart = Map.groupBy(byDay.get(date) ?? [], (slot) => slot.startsAt.getTime());
    return { date, slots: [...byStart.values()].flatMap((free) => inTurn(free, named)) };
  });
  return { first, last, days };
}

/** Whoever was named least so far. */
function inTurn(free: readonly Slot[], named: Map<string, number>): Slot[] {
  const times = (slot: Slot) => named.get(slot.tutorId) ?? 0;
  const [next] = [...free].sort((a, b) => times(a) - times(b));
  if (!next) return [];
  named.set(next.tutorId, times(next) + 1);
  return [next];
}
