import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import type { CreateSeriesInput } from '#app/domain/series/series.schema.ts';
import type { DB } from '#db/types.ts';
import { aClient, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import type { TestContext } from '#tests/setup/context.ts';

export const actor: Actor = { userId: null, kind: 'system' };

/** A tutor, a student and what is taught, with ways to plan it. Times are Dublin's unless told. */
export async function aSeriesWorld(db: Kysely<DB>, ctx: TestContext) {
  const subject = await aSubject(db);
  const program = await aProgram(db, { capacity: 6 });
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  const client = await aClient(db);
  const student = await aStudent(db, { clientId: client.id });
  const common = {
    tutorId: tutor.id,
    programId: program.id,
    subjectId: subject.id,
    studentIds: [student.id],
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  } as const;
  /** Every Tuesday at 16:00 from 3 March 2026, ten times. */
  const input = (over: Partial<CreateSeriesInput> = {}): CreateSeriesInput => ({
    ...common,
    studentIds: [student.id],
    rrule: 'FREQ=WEEKLY;BYDAY=TU',
    startsOn: '2026-03-03',
    time: '16:00',
    ...(over.untilOn === undefined && over.occurrences === undefined ? { occurrences: 10 } : {}),
    ...over,
  });
  const create = (over: Partial<CreateSeriesInput> = {}) => createSeries(db, ctx, actor, input(over));
  const book = async (wallStart: string, over: { studentIds?: string[]; tutorId?: string } = {}) =>
    (await bookSession(db, ctx, actor, { ...common, studentIds: [student.id], ...over, wallStart })).sessionId;
  return { subject, program, tutor, client, student, input, create, book };
}

/** What is planned of a series, by the day the rule gave: when it is now, and how it stands. */
export async function sessionsOf(db: Kysely<DB>, seriesId: string) {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'originalDate', 'wallStart', 'startsAt', 'status', 'seriesException', 'tutorId', 'durationMinutes', 'title'])
    .where('seriesId', '=', seriesId)
    .orderBy('originalDate')
    .execute();
  return rows.map((row) => ({
    ...row,
    date: row.originalDate ?? '',
    wall: String(row.wallStart).slice(0, 16).replace(' ', 'T'),
  }));
}

export async function wallsOf(db: Kysely<DB>, seriesId: string): Promise<string[]> {
  return (await sessionsOf(db, seriesId)).filter((row) => row.status === 'scheduled').map((row) => row.wall);
}

export async function skipsOf(db: Kysely<DB>, seriesId: string): Promise<[date: string, reason: string][]> {
  const rows = await db
    .selectFrom('seriesSkip')
    .select(['originalDate', 'reason'])
    .where('seriesId', '=', seriesId)
    .orderBy('originalDate')
    .execute();
  return rows.map((row) => [row.originalDate, row.reason]);
}
