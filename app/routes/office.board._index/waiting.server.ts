import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { Unplaced } from '#app/domain/scheduling/unplaced.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { distanceText, type Reader } from '#app/ui/session-when.ts';
import { clockFor, dayText, hasTwelveHours } from './days.ts';
import type { Waiting } from './waiting.ts';

const minuteOf = (wall: string) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));

/** A wish or a match as its card shows it. */
export function viewWaiting(waits: Unplaced, organisation: Pick<Organisation, 'timezone'>, reader: Reader): Waiting {
  const wish = waits.startsAt ? instantToWall(waits.startsAt, organisation.timezone) : null;
  const clock = clockFor(hasTwelveHours(reader.locale));
  return {
    kind: waits.kind,
    id: waits.id,
    studentId: waits.studentId,
    student: waits.studentName,
    programId: waits.programId,
    program: waits.programName,
    subjectId: waits.subjectId,
    subject: waits.subjectName,
    tutorId: waits.tutorId,
    tutor: waits.tutorName,
    wish,
    wishText: wish === null ? null : `${dayText(wish.slice(0, 10), reader.locale)}, ${clock(minuteOf(wish))}`,
    minutes: waits.durationMinutes,
    mode: waits.mode === 'in_person' ? 'in_person' : 'online',
    note: waits.note,
    proposed: waits.proposed,
    since: distanceText(waits.since, reader.now),
  };
}
