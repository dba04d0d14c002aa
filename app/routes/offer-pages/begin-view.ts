import { randomUUID } from 'node:crypto';
import type { Beginning } from '#app/domain/offers/beginning.server.ts';
import { timeOfWeek } from '#app/domain/offers/time-of-week.ts';
import { WEEKDAYS } from '#app/domain/scheduling/recurrence.ts';
import { timeOfMinute } from '#app/domain/scheduling/repeat.ts';
import { wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';

/** What was agreed and is to be booked, as links and as the fields of the booking form. */
export function viewBeginning({ terms, weeks, ...pair }: Beginning, reader: Reader) {
  const { mode, placeId, location, sessionMinutes } = terms;
  const bookAt = (start: string | null, repeat = false) => {
    const params = new URLSearchParams({
      tutor: pair.tutorId,
      student: pair.studentId,
      program: pair.programId,
      subject: pair.subjectId,
      minutes: String(sessionMinutes),
      mode,
      ...(start ? { start } : {}),
      ...(mode === 'in_person' ? { ...(placeId ? { place: placeId } : {}), ...(location ? { location } : {}) } : {}),
      ...(repeat ? { repeat: 'weekly' } : {}),
    });
    return `/office/sessions/new?${params}`;
  };
  const whenText = (startsAt: Date | undefined, endsAt: Date | undefined) => {
    if (!startsAt || !endsAt) return '';
    const when = whenOf(reader, startsAt, endsAt);
    return `${when.day}, ${when.time}${when.atOffice ? ` (${when.atOffice})` : ''}`;
  };
  return {
    startsOn: terms.startsOn,
    noTimes: weeks.length === 0 ? bookAt(null, true) : null,
    weeks: weeks.map((week) => {
      const [date = '', time = ''] = week.wallStart.split('T');
      const startsAt = wallToInstant(week.wallStart, reader.organisationZone);
      const endsAt = startsAt && new Date(startsAt.getTime() + sessionMinutes * 60_000);
      const fields: [name: string, value: string][] = [
        ['id', randomUUID()],
        ['programId', pair.programId],
        ['subjectId', pair.subjectId],
        ['tutorId', pair.tutorId],
        ['studentIds', pair.studentId],
        ['date', date],
        ['time', time],
        ['durationMinutes', String(sessionMinutes)],
        ['mode', mode],
        ...(mode === 'in_person'
          ? ([
              ['placeId', placeId ?? ''],
              ['location', location],
            ] satisfies [string, string][])
          : []),
        ['billable', 'on'],
        ['repeat', 'weekly'],
        ...week.weekdays.map((weekday): [string, string] => ['weekdays', WEEKDAYS[weekday - 1] ?? '']),
        ...(terms.endsOn
          ? ([
              ['ends', 'until'],
              ['until', terms.endsOn],
            ] satisfies [string, string][])
          : ([['ends', 'open']] satisfies [string, string][])),
      ];
      return {
        key: timeOfMinute(week.startMinute),
        text: week.weekdays.map((weekday) => timeOfWeek({ weekday, startMinute: week.startMinute }, reader.locale)).join(' · '),
        first: whenText(startsAt, endsAt),
        problems: week.problems,
        instead: week.instead.map((slot) => ({ text: whenText(slot.startsAt, slot.endsAt), to: bookAt(slot.wallStart, true) })),
        fields,
        once: bookAt(week.wallStart),
      };
    }),
  };
}

export type BeginView = ReturnType<typeof viewBeginning>;
