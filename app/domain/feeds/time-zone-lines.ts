import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { offsetAt, transitionBefore, transitionsOf, type ZoneTransition } from '#app/domain/scheduling/zone-transitions.ts';

/**
 * A zone's rules as iCalendar (RFC 5545, 3.6.5), for the time between two instants: one observance for what is in force
 * at first and one for each change. Written out instead of as rules that repeat: a rule would promise what no
 * parliament has, and not every calendar reads it alike.
 */
export function timeZoneLines(zone: string, from: Date, to: Date): string[] {
  const first = transitionBefore(zone, new Date(from.getTime() + 1));
  const observances = [first ?? always(zone, from), ...transitionsOf(zone, new Date(from.getTime() + 1), to)];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flatMap(observance), 'END:VTIMEZONE'];
}

function always(zone: string, at: Date): ZoneTransition {
  const offset = offsetAt(zone, at);
  return { at: new Date(Date.UTC(1970, 0, 1) - offset * 1000), before: offset, after: offset };
}

function observance({ at, before, after }: ZoneTransition): string[] {
  const kind = after > before ? 'DAYLIGHT' : 'STANDARD';
  // By the clock as it ran until then.
  const onset = instantToWall(new Date(at.getTime() + before * 1000), 'UTC');
  return [
    `BEGIN:${kind}`,
    `DTSTART:${compact(onset)}00`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
}

/** 2026-03-08T02:00 as 20260308T0200. */
const compact = (wall: string) => wall.replaceAll(/[-:]/g, '');

function offsetText(seconds: number): string {
  const parts = [Math.floor(Math.abs(seconds) / 3600), Math.floor(Math.abs(seconds) / 60) % 60, Math.abs(seconds) % 60];
  const digits = (parts[2] === 0 ? parts.slice(0, 2) : parts).map((part) => String(part).padStart(2, '0'));
  return `${seconds < 0 ? '-' : '+'}${digits.join('')}`;
}
