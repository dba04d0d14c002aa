import type { MatchTerms, RequestFacts, TutorFacts } from '#app/domain/matching/match-facts.ts';
import { defaultMatchingRules } from '#app/domain/matching/matching-rules.ts';

export const MONDAY = 0;
export const TUESDAY = 1;
export const SUNDAY = 6;

/** Minutes from Monday 00:00. */
export const week = (day: number, hour: number, minute = 0) => day * 1440 + hour * 60 + minute;

export const someTerms = (over: Partial<MatchTerms> = {}): MatchTerms => ({
  weights: defaultMatchingRules.weights,
  gridMinutes: 15,
  travel: { defaultMinutes: 0, speedKmh: 30, table: new Map() },
  ...over,
});

/** Mathematics online, an hour a week, at any time. */
export const someRequest = (over: Partial<RequestFacts> = {}): RequestFacts => ({
  id: 'request',
  ref: 'req-1',
  studentId: 'student',
  studentName: 'Sam Student',
  subjectId: 'maths',
  subjectName: 'Mathematics',
  levelId: null,
  levelName: null,
  programId: 'program',
  mode: 'online',
  place: null,
  sessionMinutes: 60,
  sessionsPerWeek: 1,
  times: [],
  startsOn: '2026-03-02',
  endsOn: null,
  urgency: 'normal',
  wishes: { gender: null, languages: [], tutorId: null, tagIds: [] },
  excludedTutorIds: [],
  createdAt: new Date('2026-02-20T09:00:00Z'),
  ...over,
});

/** Teaches mathematics at every level, both ways, free the whole week. */
export const someTutor = (over: Partial<TutorFacts> = {}): TutorFacts => ({
  id: 'tutor',
  name: 'Tess Tutor',
  zone: 'Europe/Dublin',
  levelsBySubject: new Map([['maths', []]]),
  online: true,
  inPerson: true,
  home: null,
  reachMinutes: null,
  gender: null,
  languages: [],
  tagIds: [],
  lacking: { always: [], inPerson: [] },
  runningOut: [],
  awayUntil: null,
  maxMinutesPerWeek: null,
  wishedMinutesPerWeek: null,
  plannedMinutesPerWeek: 0,
  bufferMinutes: 0,
  free: [{ start: 0, end: 7 * 1440 }],
  visits: [],
  dayMinutesLeft: null,
  sessionsWith: new Map(),
  held: 0,
  missed: 0,
  ...over,
});
