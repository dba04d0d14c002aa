import type { Spot } from './board-data.ts';

/** Between time and pixels: every day shown is as wide as the others and shows the same hours. */
export interface Scale {
  days: number;
  /** Minutes of a day between which it is shown. */
  from: number;
  to: number;
  dayWidth: number;
  laneHeight: number;
  /** Narrower than that, time and name can't be read. */
  minWidth: number;
}

export type Density = 'comfortable' | 'compact';

export const ROW_PADDING = 4;
export const TRAVEL_HEIGHT = 14;

const SIZES = {
  comfortable: { week: 204, hour: 92, laneHeight: 44, minWidth: 156, minDay: 88 },
  compact: { week: 152, hour: 64, laneHeight: 24, minWidth: 116, minDay: 62 },
} as const;

export function scaleFor(density: Density, days: number, hours: { from: number; to: number }): Scale {
  const size = SIZES[density];
  return {
    days,
    ...hours,
    dayWidth: days === 1 ? Math.round(((hours.to - hours.from) / 60) * size.hour) : size.week,
    laneHeight: size.laneHeight,
    minWidth: days === 1 ? size.minDay : size.minWidth,
  };
}

const DEFAULT_HOURS = { from: 8 * 60, to: 20 * 60 };

/** The hours worth showing: a working day, wider where something lies outside of it, in whole hours. */
export function hoursOf(spans: readonly { start: number; end: number }[], whole: boolean): { from: number; to: number } {
  if (whole) return { from: 0, to: 1440 };
  let { from, to } = DEFAULT_HOURS;
  for (const span of spans) {
    from = Math.min(from, Math.floor(span.start / 60) * 60);
    to = Math.max(to, Math.min(1440, Math.ceil(span.end / 60) * 60));
  }
  return { from, to };
}

const NAME_OF_HOUR = 36;

/** The hours that are named above the board and drawn as lines through it, as close as they can be read. */
export function hourMarks(scale: Scale): { hours: number[]; every: number } {
  const hour = perMinute(scale) * 60;
  const every = hour >= 44 ? 1 : hour >= 22 ? 2 : hour >= 11 ? 4 : 6;
  // The last one has room for its name.
  const last = scale.to - NAME_OF_HOUR / perMinute(scale);
  const hours: number[] = [];
  for (let at = Math.ceil(scale.from / 60 / every) * every; at * 60 <= last; at += every) hours.push(at);
  return { hours, every };
}

export const perMinute = (scale: Scale) => scale.dayWidth / (scale.to - scale.from);

/** From the left edge of the day; what is out of sight lies on the edge. */
export function xWithinDay(scale: Scale, minute: number): number {
  return (Math.min(Math.max(minute, scale.from), scale.to) - scale.from) * perMinute(scale);
}

export const xOf = (scale: Scale, day: number, minute: number) => day * scale.dayWidth + xWithinDay(scale, minute);

/** Minutes since the midnight before the first day, of a point right of the tutors' names. Not on the grid yet. */
export function absoluteAt(scale: Scale, x: number): number {
  const day = Math.min(Math.max(Math.floor(x / scale.dayWidth), 0), scale.days - 1);
  const within = Math.min(Math.max(x - day * scale.dayWidth, 0), scale.dayWidth);
  return day * 1440 + scale.from + within / perMinute(scale);
}

export const absoluteOf = (spot: Pick<Spot, 'day' | 'start'>) => spot.day * 1440 + spot.start;

export function fromAbsolute(absolute: number): { day: number; start: number } {
  const day = Math.floor(absolute / 1440);
  return { day, start: absolute - day * 1440 };
}

export const snap = (minutes: number, grid: number) => Math.round(minutes / grid) * grid;

/** The row a height lies in, of the rows' upper edges (one more than rows: the last is the end). */
export function rowAt(tops: readonly number[], y: number): number {
  let low = 0;
  let high = tops.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
