import { mondayOf } from './fit.ts';
import { dateOf, dayOf } from './local-days.ts';
import type { BusyTime, TutorCalendar } from './tutor-calendar.ts';

/** A tutor's calendar as it would be, for looking for times before anything is written. */

export function withoutSessions(calendar: TutorCalendar, sessionIds: ReadonlySet<string>): TutorCalendar {
  const leaves = (busy: BusyTime) => busy.sessionId !== null && sessionIds.has(busy.sessionId);
  return changed(
    calendar,
    calendar.busy.filter((busy) => !leaves(busy)),
    calendar.busy.filter(leaves),
    -1,
  );
}

export function withSession(calendar: TutorCalendar, busy: Omit<BusyTime, 'bufferedEnd'>): TutorCalendar {
  const added = { ...busy, bufferedEnd: busy.end + calendar.bufferMinutes * 60_000 };
  const all = [...calendar.busy, added].sort((a, b) => a.start - b.start);
  return changed(calendar, all, [added], 1);
}

function changed(calendar: TutorCalendar, busy: BusyTime[], which: readonly BusyTime[], sign: 1 | -1): TutorCalendar {
  const minutesByDay = new Map(calendar.minutesByDay);
  const minutesByWeek = new Map(calendar.minutesByWeek);
  for (const { start, end } of which) {
    const minutes = (sign * (end - start)) / 60_000;
    const day = dayOf(start, calendar.zone);
    minutesByDay.set(dateOf(day), (minutesByDay.get(dateOf(day)) ?? 0) + minutes);
    minutesByWeek.set(mondayOf(day), (minutesByWeek.get(mondayOf(day)) ?? 0) + minutes);
  }
  return { ...calendar, busy, minutesByDay, minutesByWeek };
}
