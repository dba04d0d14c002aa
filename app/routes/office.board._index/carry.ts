import type { Spot } from './board-data.ts';
import { absoluteOf, fromAbsolute } from './geometry.ts';

/** What is in the hand of the person at the board, by pointer or by keys, until it is let go or put back. */
export interface Carry {
  kind: 'move' | 'resize' | 'copy' | 'create' | 'place';
  /** By which it is moved; a carried thing follows the pointer only when the pointer picked it up. */
  via: 'pointer' | 'keys';
  /** The first is the one that was taken hold of. `id` is a session's, a waiting thing's, or '' for a new one. */
  items: readonly { id: string; from: Spot; label: string }[];
  /** The lengths the first may have, in minutes, ascending. */
  lengths: readonly number[];
  shift: Shift;
}

export interface Shift {
  minutes: number;
  rows: number;
  /** Of the first; null: as it was. */
  length: number | null;
}

export const NO_SHIFT: Shift = { minutes: 0, rows: 0, length: null };

export interface Field {
  /** Tutors in the order of the rows. */
  tutorIds: readonly string[];
  days: number;
  grid: number;
  /** The minutes of a day that are shown. */
  from: number;
  to: number;
}

/** Where everything in the hand would lie. */
export function targetsOf({ items, shift }: Carry, { tutorIds }: Pick<Field, 'tutorIds'>): Spot[] {
  return items.map(({ from }, place) => ({
    ...fromAbsolute(absoluteOf(from) + shift.minutes),
    tutorId: tutorIds[tutorIds.indexOf(from.tutorId) + shift.rows] ?? from.tutorId,
    minutes: place === 0 && shift.length !== null ? shift.length : from.minutes,
  }));
}

/** The same, elsewhere, as far as the board goes: no row above the first, no day before the first. */
export function shiftTo(carry: Carry, wanted: Partial<Shift>, field: Field): Carry {
  const shift = { ...carry.shift, ...wanted };
  const rows = carry.items.map(({ from }) => field.tutorIds.indexOf(from.tutorId));
  const starts = carry.items.map(({ from }) => absoluteOf(from));
  const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  return {
    ...carry,
    shift: {
      ...shift,
      rows: within(shift.rows, 0 - Math.min(...rows), field.tutorIds.length - 1 - Math.max(...rows)),
      minutes: within(shift.minutes, 0 - Math.min(...starts), field.days * 1440 - field.grid - Math.max(...starts)),
    },
  };
}

export type Nudge = 'left' | 'right' | 'up' | 'down' | 'longer' | 'shorter' | 'day-before' | 'day-after';

/** One press of an arrow: a step of the grid, a tutor, or a length. Past the last hour shown comes the next day's first. */
export function nudge(carry: Carry, key: Nudge, field: Field): Carry {
  const [first] = carry.items;
  if (!first) return carry;
  switch (key) {
    case 'up':
    case 'down':
      return shiftTo(carry, { rows: carry.shift.rows + (key === 'up' ? -1 : 1) }, field);
    case 'longer':
    case 'shorter':
      return { ...carry, shift: { ...carry.shift, length: nextLength(carry, key) } };
    case 'day-before':
    case 'day-after': {
      const by = key === 'day-before' ? -1 : 1;
      const { day } = fromAbsolute(absoluteOf(first.from) + carry.shift.minutes);
      // On the last day shown there is no day after.
      return day + by < 0 || day + by >= field.days ? carry : shiftTo(carry, { minutes: carry.shift.minutes + by * 1440 }, field);
    }
    default:
      return shiftTo(
        carry,
        { minutes: stepped(absoluteOf(first.from) + carry.shift.minutes, key, field) - absoluteOf(first.from) },
        field,
      );
  }
}

/** To the next line of the grid, over the hours of the night that aren't shown. */
function stepped(absolute: number, key: 'left' | 'right', { grid, from, to, days }: Field): number {
  const next = key === 'left' ? Math.ceil(absolute / grid) * grid - grid : Math.floor(absolute / grid) * grid + grid;
  const { day, start } = fromAbsolute(next);
  if (key === 'left' && start < from) return day > 0 ? (day - 1) * 1440 + to - grid : absolute;
  if (key === 'left' && start >= to) return day * 1440 + to - grid;
  if (key === 'right' && start >= to) return day + 1 < days ? (day + 1) * 1440 + from : absolute;
  if (key === 'right' && start < from) return day * 1440 + from;
  return next;
}

function nextLength({ items: [first], lengths, shift }: Carry, key: 'longer' | 'shorter'): number {
  const now = shift.length ?? first?.from.minutes ?? 0;
  if (key === 'longer') return lengths.find((length) => length > now) ?? now;
  return lengths.findLast((length) => length < now) ?? now;
}

/** The allowed length that is nearest to a dragged one. */
export function nearestLength(lengths: readonly number[], minutes: number): number {
  return lengths.reduce(
    (best, length) => (Math.abs(length - minutes) < Math.abs(best - minutes) ? length : best),
    lengths[0] ?? minutes,
  );
}

/** True when letting go would change nothing. */
export const isUnmoved = ({ kind, items: [first], shift }: Carry) =>
  (kind === 'move' || kind === 'resize') &&
  shift.minutes === 0 &&
  shift.rows === 0 &&
  (shift.length === null || shift.length === first?.from.minutes);
