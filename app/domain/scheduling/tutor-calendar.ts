import type { Range } from './ranges.ts';
import type { SchedulingRules } from './scheduling-rules.ts';
import type { PlacePoint, TravelTable } from './travel.ts';

/** A time that is taken: [start, end) is what is taught, `bufferedEnd` is until when nothing else may begin. */
export interface BusyTime extends Range {
  bufferedEnd: number;
  /** null: kept for somebody who is booking it right now. */
  sessionId: string | null;
  inPerson: boolean;
  /** Where, of a session in person whose place is known. */
  place: PlacePoint | null;
}

/** All that is asked about one tutor when something is to be planned between two moments. Zones are IANA names. */
export interface TutorCalendar {
  tutorId: string;
  name: string;
  archived: boolean;
  zone: string;
  organisationZone: string;
  bufferMinutes: number;
  /** False: has no weekly hours at all, and is read as the rules say. */
  isSet: boolean;
  /** Weekly hours after exceptions, between the two moments; in order. Time off and closures are apart. */
  open: Range[];
  timeOff: (Range & { id: string; status: 'requested' | 'approved'; reason: string })[];
  /** Of the company (no program), or of one program. */
  closures: (Range & { name: string; programId: string | null })[];
  /** In order and apart, buffers included, as the database holds them; goes about a week beyond the two moments, since limits count whole weeks and travel has neighbours. */
  busy: BusyTime[];
  /** The organisation's, with the program's (where one was asked for) and the tutor's over them. */
  rules: SchedulingRules;
  /** The tutor's own limit; the rules may have another. */
  maxMinutesPerWeek: number | null;
  /** Taught minutes by local day of the tutor, and by the Monday of the week. */
  minutesByDay: ReadonlyMap<string, number>;
  minutesByWeek: ReadonlyMap<string, number>;
  travel: TravelTable;
}
