import { addDays, addMinutes, instantToWall, localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { company, type DemoStudent, families, type ProgramKey, type SubjectKey, students, tutors } from './company.ts';
import { chance, idOf } from './random.ts';
import { type WeeklyLesson, weeklyPlan } from './weekly-plan.ts';

export type Ending =
  /** Nobody has closed it out. */
  | { kind: 'open' }
  | { kind: 'cancelled'; by: 'client' | 'tutor'; at: Date; students: readonly string[]; reason: string }
  | { kind: 'closed'; outcomes: Readonly<Record<string, Outcome>>; minutes: number; miles?: string; closing: Closing };

export type Outcome = 'attended' | 'no_show' | 'tutor_no_show' | 'technical_failure';
export type Closing = 'submitted' | 'sent_back' | 'approved';

export interface DemoSession {
  key: string;
  id: string;
  tutor: number;
  students: readonly DemoStudent[];
  program: ProgramKey;
  subject: SubjectKey;
  wallStart: string;
  startsAt: Date;
  endsAt: Date;
  minutes: number;
  mode: 'online' | 'in_person';
  location: string;
  billable: boolean;
  title: string;
  /** What became of it, in the order it happened: a place may be cancelled and the rest closed out. */
  endings: readonly Ending[];
}

const WEEKS_BACK = 9;
const WEEKS = 12;
const zone = company.timezone;

/** Twelve weeks of Meadowbrook around `now`: the same lessons every time, on other dates. */
export function planSessions(now: Date): readonly DemoSession[] {
  const today = localDateOf(now, zone);
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7) - WEEKS_BACK * 7);
  const special = specialSessions(now);
  const sessions: DemoSession[] = [...special];
  for (let week = 0; week < WEEKS; week++) {
    for (const lesson of weeklyPlan()) {
      if (lesson.sinceWeek !== undefined && week - WEEKS_BACK < lesson.sinceWeek) continue;
      const date = addDays(monday, week * 7 + lesson.weekday - 1);
      const session = occurrence(lesson, date, now);
      if (session && !special.some((other) => clash(other, session))) sessions.push(session);
    }
  }
  return sessions.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.key < b.key ? -1 : 1));
}

/** Around this very moment, so that the tutor's and the family's pages have something to do. */
function specialSessions(now: Date): DemoSession[] {
  const quarter = new Date(Math.ceil((now.getTime() + 60_000) / 900_000) * 900_000);
  const [oliver, zoe, lena] = students;
  const guest = students[40];
  const other = students[52];
  if (!oliver || !zoe || !lena || !guest || !other) throw new Error('the demo company lacks students');
  const at = (key: string, tutor: number, who: DemoStudent, offset: number, minutes: number, subject: SubjectKey, title = '') =>
    session({
      key: `now-${key}`,
      tutor,
      students: [who],
      program: 'one',
      subject,
      minutes,
      mode: 'online',
      title,
      startsAt: addMinutes(quarter, offset),
      billable: true,
      now,
      endings: [],
    });
  return [
    at('sent-back', 0, other, -2 * 24 * 60, 60, 'geometry'),
    at('closed', 0, other, -255, 60, 'geometry'),
    at('to-close', 0, guest, -150, 60, 'algebra'),
    at('live', 0, oliver, -60, 60, 'algebra', 'Algebra: before the test'),
    at('next', 0, zoe, 0, 60, 'geometry'),
    at('later', 1, oliver, 105, 60, 'physics'),
    at('last', 0, guest, 120, 60, 'calculus'),
    at('evening', 4, lena, 75, 60, 'biology'),
  ].map((planned) => {
    if (planned.key === 'now-sent-back') return { ...planned, endings: [closed(planned, 'sent_back')] };
    return planned.key === 'now-closed' ? { ...planned, endings: [closed(planned, 'submitted')] } : planned;
  });
}

function occurrence(lesson: WeeklyLesson, date: string, now: Date): DemoSession | undefined {
  const wallStart = `${date}T${clock(lesson.at)}`;
  const startsAt = wallToInstant(wallStart, zone);
  if (!startsAt) return undefined;
  const key = `${lesson.key}-${date}`;
  const trial = lesson.students.length === 1 && chance('trial', lesson.key, date) < 0.012;
  const planned = session({
    key,
    tutor: lesson.tutor,
    students: lesson.students,
    program: lesson.program,
    subject: lesson.subject,
    minutes: lesson.minutes,
    mode: lesson.mode,
    title: trial ? 'Free trial lesson' : '',
    startsAt,
    billable: !trial,
    now,
    endings: [],
  });
  return { ...planned, endings: endingsOf(planned, lesson, now) };
}

/** What becomes of a session; the dice are the lesson and how many weeks ago, so that every demo has all of it. */
function endingsOf(planned: DemoSession, lesson: WeeklyLesson, now: Date): Ending[] {
  const age = Math.floor((now.getTime() - planned.endsAt.getTime()) / 86_400_000);
  const roll = chance('ending', lesson.key, Math.floor(age / 7));
  const everyone = planned.students.map((student) => student.id);
  const cancelled = (by: 'client' | 'tutor', hours: number, reason: string, who = everyone): Ending => ({
    kind: 'cancelled',
    by,
    at: addMinutes(planned.startsAt, -hours * 60),
    students: who,
    reason,
  });
  if (planned.endsAt >= now) {
    const near = planned.startsAt.getTime() - now.getTime() < 10 * 86_400_000;
    if (!near || roll >= 0.04) return [];
    return [{ kind: 'cancelled', by: 'client', at: addMinutes(now, -180), students: everyone, reason: 'A school trip' }];
  }
  if (roll < 0.035) return [cancelled('client', 52, 'Away for the weekend')];
  if (roll < 0.065) return [cancelled('client', 5, 'Ill this morning')];
  if (roll < 0.08) return [cancelled('tutor', 30, 'At a conference')];
  const first = everyone[0];
  const endings: Ending[] = [];
  if (everyone.length > 1 && first && roll < 0.22) {
    endings.push(cancelled('client', roll < 0.15 ? 4 : 40, 'A doctor’s appointment', [first]));
  }
  const closing = closingOf(planned.key, age);
  if (closing === undefined) return [...endings, ...(endings.length > 0 ? [] : [{ kind: 'open' } as const])];
  const gone = endings.length > 0 ? first : undefined;
  return [...endings, closed(planned, closing, gone, roll)];
}

function closingOf(key: string, age: number): Closing | undefined {
  const roll = chance('closing', key);
  if (age < 1) return roll < 0.4 ? 'submitted' : undefined;
  if (age < 4) return roll < 0.3 ? 'approved' : roll < 0.82 ? 'submitted' : roll < 0.86 ? 'sent_back' : undefined;
  if (age < 13) return roll < 0.88 ? 'approved' : roll < 0.97 ? 'submitted' : undefined;
  return roll < 0.985 ? 'approved' : roll < 0.993 ? 'submitted' : undefined;
}

function closed(planned: DemoSession, closing: Closing, gone?: string, roll = 1): Ending {
  const missing = roll >= 0.1 && roll < 0.14 ? planned.students.at(-1)?.id : undefined;
  const whole: Outcome | undefined =
    roll >= 0.14 && roll < 0.147 ? 'tutor_no_show' : roll >= 0.147 && roll < 0.156 ? 'technical_failure' : undefined;
  const outcomes = Object.fromEntries(
    planned.students
      .filter((student) => student.id !== gone)
      .map((student): [string, Outcome] => [student.id, whole ?? (student.id === missing ? 'no_show' : 'attended')]),
  );
  const stretch = chance('minutes', planned.key);
  const minutes = planned.minutes + (stretch < 0.05 ? -10 : stretch > 0.95 ? 10 : 0);
  return {
    kind: 'closed',
    outcomes,
    minutes,
    closing,
    ...(planned.program === 'home' ? { miles: (3 + Math.floor(chance('miles', planned.key) * 90) / 10).toFixed(1) } : {}),
  };
}

function session(from: Omit<DemoSession, 'id' | 'wallStart' | 'endsAt' | 'location'> & { now: Date }): DemoSession {
  const { now: _, ...rest } = from;
  const family = families[from.students[0]?.familyIndex ?? 0];
  const home = from.program === 'home' ? family?.address.replace('\n', ', ') : undefined;
  return {
    ...rest,
    id: idOf('session', from.key),
    wallStart: instantToWall(from.startsAt, zone),
    endsAt: addMinutes(from.startsAt, from.minutes),
    location: from.mode === 'in_person' ? (home ?? company.studyRoom) : '',
  };
}

function clash(one: DemoSession, other: DemoSession): boolean {
  const padding = 15 * 60_000;
  const meet =
    one.startsAt.getTime() < other.endsAt.getTime() + padding && other.startsAt.getTime() < one.endsAt.getTime() + padding;
  if (!meet) return false;
  return one.tutor === other.tutor || one.students.some((student) => other.students.includes(student));
}

const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** 0 is Sunday. */
const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The two whole months before the one of `now`, older first, as half-open periods. */
export function pastMonths(now: Date): { from: string; to: string }[] {
  const month = (back: number) => {
    const [year = 0, number = 1] = localDateOf(now, zone).split('-').map(Number);
    return new Date(Date.UTC(year, number - 1 - back, 1)).toISOString().slice(0, 10);
  };
  return [2, 1].map((back) => ({ from: month(back), to: month(back - 1) }));
}

export const tutorOf = (session: DemoSession) => {
  const tutor = tutors[session.tutor];
  if (!tutor) throw new Error(`there is no tutor ${session.tutor}`);
  return tutor;
};
