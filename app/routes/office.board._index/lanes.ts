import type { BoardSession } from './board-data.ts';
import { perMinute, type Scale, xWithinDay } from './geometry.ts';

/** A session's place within its day's cell, in pixels. It is at least wide enough to be read; `span` is its true length. */
export interface Box {
  session: BoardSession;
  left: number;
  width: number;
  lane: number;
  /** Of the bar that shows how long it truly is: from the box's left edge. */
  span: { left: number; width: number; buffer: number };
}

const GAP = 3;

/**
 * Boxes that would lie on each other go into lanes, the first that is free. Time runs from left to right in all of them.
 * @param sessions of one tutor and day, by start
 */
export function layOut(sessions: readonly BoardSession[], scale: Scale, buffer: number): { boxes: Box[]; lanes: number } {
  const ends: number[] = [];
  const boxes = sessions.map((session): Box => {
    const start = xWithinDay(scale, session.start);
    const end = Math.max(xWithinDay(scale, session.start + session.minutes), start + 2);
    const width = Math.min(Math.max(end - start, scale.minWidth), scale.dayWidth) - GAP;
    const left = Math.max(0, Math.min(start, scale.dayWidth - width - GAP));
    const free = ends.findIndex((taken) => taken <= left + 0.01);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = left + width + GAP;
    return {
      session,
      left,
      width,
      lane,
      span: { left: Math.min(start - left, width - 2), width: Math.max(end - start - GAP, 2), buffer: buffer * perMinute(scale) },
    };
  });
  return { boxes, lanes: ends.length };
}
