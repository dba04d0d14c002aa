import type { Shades } from './shades.ts';

/** What the board is drawn from: the JSON that `boardJson` makes, read once. */

export interface BoardTutor {
  id: string;
  name: string;
  /** Minutes kept free after a session. */
  buffer: number;
  /** Not offered for anything new: archived, or not active. */
  archived: boolean;
  subjectIds: readonly string[];
}

export interface Named {
  id: string;
  name: string;
}

/** Where something lies: whose, on which of the days shown, from which minute of that day, how long. */
export interface Spot {
  tutorId: string;
  /** 0 is the first day shown. */
  day: number;
  /** Minutes since midnight, as the company's clock shows. */
  start: number;
  minutes: number;
}

export interface BoardSession extends Spot {
  id: string;
  version: number;
  programId: string;
  subjectId: string;
  /** Milliseconds since 1970. */
  startsAt: number;
  status: string;
  closeOut: string | null;
  title: string;
  inPerson: boolean;
  location: string;
  /** Who is expected; of a cancelled session everybody who was. */
  students: readonly string[];
  series: boolean;
}

export interface Board {
  tutors: readonly BoardTutor[];
  /** With the lengths a session of it may have, in minutes. */
  programs: readonly (Named & { durations: readonly number[] })[];
  subjects: readonly Named[];
  sessions: readonly BoardSession[];
  /** By tutor. */
  shades: ReadonlyMap<string, Shades>;
}

type SessionList = [
  string,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  string,
  string,
  string,
  number,
  string,
  string[],
  number,
];

interface BoardJson {
  tutors: (Omit<BoardTutor, 'subjectIds'> & { subjects: number[] })[];
  programs: (Named & { durations: number[] })[];
  subjects: Named[];
  sessions: SessionList[];
}

const idAt = (list: readonly { id: string }[], place: number) => list[place]?.id ?? '';

export function readBoard(text: string): Board {
  const { week: json, shades } = JSON.parse(text) as { week: BoardJson; shades: Record<string, Shades> };
  return {
    shades: new Map(Object.entries(shades)),
    programs: json.programs,
    subjects: json.subjects,
    tutors: json.tutors.map(({ subjects, ...tutor }) => ({
      ...tutor,
      subjectIds: subjects.map((place) => idAt(json.subjects, place)),
    })),
    sessions: json.sessions.map(
      ([
        id,
        version,
        tutor,
        program,
        subject,
        epochMinutes,
        day,
        start,
        minutes,
        status,
        closeOut,
        title,
        inPerson,
        location,
        students,
        series,
      ]) => ({
        id,
        version,
        tutorId: idAt(json.tutors, tutor),
        programId: idAt(json.programs, program),
        subjectId: idAt(json.subjects, subject),
        startsAt: epochMinutes * 60_000,
        day,
        start,
        minutes,
        status,
        closeOut: closeOut || null,
        title,
        inPerson: inPerson === 1,
        location,
        students,
        series: series === 1,
      }),
    ),
  };
}

const OVER: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled'];

/** It takes nobody's time any more. */
export const isOff = (session: Pick<BoardSession, 'status'>) => OVER.includes(session.status);

/** Only what is planned can be moved. */
export const isMovable = (session: Pick<BoardSession, 'status'>) => session.status === 'scheduled';
