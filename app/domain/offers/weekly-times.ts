import { addDays, instantToWall, wallToInstant } from '#app/domain/scheduling/wall-time.ts';

/** A time of the week: 1 is Monday, minutes from midnight. */
export interface TimeOfWeek {
  weekday: number;
  startMinute: number;
}

interface Terms {
  startsOn: string;
  times: readonly TimeOfWeek[];
  zone: string;
}

export interface FirstTime extends TimeOfWeek {
  /** The first day it is on, in the terms' zone. */
  date: string;
  /** `YYYY-MM-DDTHH:mm` in the terms' zone. */
  wallStart: string;
  /** Undefined on a day whose clock skips it. */
  startsAt: Date | undefined;
}

/** Each time of the week on the first day it comes, from a day on; the soonest first. */
export function firstTimes({ startsOn, times, zone }: Terms, from: string = startsOn): FirstTime[] {
  const begin = from > startsOn ? from : startsOn;
  return times
    .map((time) => {
      const date = addDays(begin, (time.weekday - weekdayOf(begin) + 7) % 7);
      const wallStart = `${date}T${clockText(time.startMinute)}`;
      return { ...time, date, wallStart, startsAt: wallToInstant(wallStart, zone) };
    })
    .sort((a, b) => (a.wallStart < b.wallStart ? -1 : 1));
}

/** The same times as a clock in another zone shows them when they first come. */
export function timesIn(terms: Terms, zone: string): TimeOfWeek[] {
  return firstTimes(terms).map(({ weekday, startMinute, startsAt }) => {
    if (!startsAt) return { weekday, startMinute };
    const [date = '', time = ''] = instantToWall(startsAt, zone).split('T');
    return { weekday: weekdayOf(date), startMinute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
  });
}

const weekdayOf = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;

const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
