import type { PlacePoint, TravelTable } from '#app/domain/scheduling/travel.ts';

/**
 * What matching looks at: a request and the tutors, read in one round (load-match-facts.server.ts), judged by pure rules
 * (hard-rules.ts, score.ts). Minutes; weekly times are of one usual week. Browser-safe.
 */

export type Mode = 'online' | 'in_person';
export type Gender = 'female' | 'male' | 'other';

/** Part of a usual week, in the organisation's zone: minutes from Monday 00:00, half-open. */
export interface WeekSpan {
  start: number;
  end: number;
}

export interface RequestFacts {
  id: string;
  ref: string;
  studentId: string;
  studentName: string;
  subjectId: string;
  subjectName: string;
  /** Null: at any level. */
  levelId: string | null;
  levelName: string | null;
  programId: string;
  mode: Mode | null;
  /** Where, in person. */
  place: PlacePoint | null;
  sessionMinutes: number;
  sessionsPerWeek: number;
  /** When they can, with what they wish for set apart; empty: at any time. */
  times: (WeekSpan & { wished: boolean })[];
  startsOn: string;
  endsOn: string | null;
  urgency: 'low' | 'normal' | 'high';
  wishes: {
    gender: Gender | null;
    languages: string[];
    tutorId: string | null;
    /** A style, as tags of tutors. */
    tagIds: string[];
  };
  /** Who must not have this student, and who was ruled out for this request. */
  excludedTutorIds: string[];
  /** Who asked first is served first among equals. */
  createdAt: Date;
}

export interface TutorFacts {
  id: string;
  name: string;
  zone: string;
  /** At which levels, by subject; an empty list: at every level. */
  levelsBySubject: ReadonlyMap<string, readonly string[]>;
  online: boolean;
  inPerson: boolean;
  home: PlacePoint | null;
  /** How long they go one way; null: no limit. */
  reachMinutes: number | null;
  gender: Gender | null;
  languages: string[];
  tagIds: string[];
  /** Names of required clearances that are missing or run out before the request's start, by mode. */
  lacking: { always: string[]; inPerson: string[] };
  /** Required ones that are good at the start and whose last day comes after it; the soonest first. */
  runningOut: { name: string; on: string; inPersonOnly: boolean }[];
  /** The last day of the time off they have at the request's start. */
  awayUntil: string | null;
  /** Null: no limit. */
  maxMinutesPerWeek: number | null;
  wishedMinutesPerWeek: number | null;
  /** In a usual week from the request's start on. */
  plannedMinutesPerWeek: number;
  /** Between two sessions of theirs lies at least so much. */
  bufferMinutes: number;
  /** When they can in a usual week and have nothing, buffers taken off; sorted, apart. */
  free: WeekSpan[];
  /** What they teach at a place in a usual week: the way from and to it is taken off `free` by where the request is. */
  visits: (WeekSpan & { place: PlacePoint })[];
  /** What a limit by day leaves of each weekday, Monday first; null: no limit. */
  dayMinutesLeft: readonly number[] | null;
  /** Sessions held with each student. */
  sessionsWith: ReadonlyMap<string, number>;
  /** Sessions held in the last year, and how many of them the tutor missed. */
  held: number;
  missed: number;
}

/** A time of the week that both have. */
export interface WeeklySlot {
  start: number;
  minutes: number;
  /** All of it lies in what they wish for. */
  wished: boolean;
}

export const HARD_RULES = ['subject', 'level', 'mode', 'clearance', 'excluded', 'reach', 'times', 'hours_left'] as const;
export type HardRule = (typeof HARD_RULES)[number];

export interface BrokenRule {
  rule: HardRule;
  /** What stands in the way, as a sentence. */
  message: string;
}

export const SCORE_PARTS = ['times', 'continuity', 'load', 'distance', 'wishes', 'outcomes'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

export interface ScoredPart {
  part: ScorePart;
  /** Whole points, weight times worth, rounded; the score is exactly their sum. */
  points: number;
  /** The most it could be: its weight. */
  of: number;
  reason: string;
}

export interface Match {
  requestId: string;
  tutorId: string;
  /** Empty: the tutor may be given. */
  broken: BrokenRule[];
  /** Whole points, the sum of the parts; only of a tutor who may be given. */
  score: number;
  parts: ScoredPart[];
  /** The best times of the week, as many as sessions a week. */
  slots: WeeklySlot[];
  /** One way, where it is in person and both places are known. */
  travelMinutes: number | null;
  /** What is good to know of a tutor who may be given: away at the start, a clearance that runs out. */
  notes: string[];
}

/** What judging needs beside the two. */
export interface MatchTerms {
  /** The most points each part of a score can bring. */
  weights: Readonly<Record<ScorePart, number>>;
  /** Sessions begin on this grid. */
  gridMinutes: number;
  travel: {
    /** Between two places of which nothing is known. */
    defaultMinutes: number;
    speedKmh: number;
    /** What somebody entered of pairs of places. */
    table: TravelTable;
  };
}
