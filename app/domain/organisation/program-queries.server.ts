import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { type ListFilter, type ListPage, PAGE_SIZE } from '#app/domain/people/list-filter.ts';
import { byName, matches, pageOf } from '#app/domain/people/list-page.server.ts';
import type { DB } from '#db/types.ts';
import { policyOverridesSchema, shortestDecimal } from './policy.schema.ts';

export interface ProgramRow {
  id: string;
  ref: string;
  name: string;
  kind: string;
  capacity: number;
  chargeBasis: string;
  taxPercent: string;
  durations: number[] | null;
  archivedAt: Date | null;
}

export async function listPrograms(db: Kysely<DB>, filter: ListFilter): Promise<ListPage<ProgramRow>> {
  const where = () => matches(sql<string>`concat_ws(' ', program.name, program.ref)`, filter.q);
  const { offset, ...page } = await pageOf(db, 'program', filter, where);
  const rows = await db
    .selectFrom('program')
    .select(['id', 'ref', 'name', 'kind', 'capacity', 'chargeBasis', 'taxPercent', 'durations', 'archivedAt'])
    .where('archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('name'))
    .orderBy('id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  return { ...page, rows: rows.map((row) => ({ ...row, taxPercent: shortestDecimal(row.taxPercent) })) };
}

export async function getProgram(db: Kysely<DB>, id: string) {
  const program = await db
    .selectFrom('program')
    .leftJoin('pluginInstall', 'pluginInstall.id', 'program.meetingInstallId')
    .selectAll('program')
    .select('pluginInstall.name as meetingName')
    .where('program.id', '=', id)
    .executeTakeFirst();
  if (!program) throw new DomainError('not_found', 'This program is not there.');
  return {
    ...program,
    taxPercent: shortestDecimal(program.taxPercent),
    policyOverrides: policyOverridesSchema.parse(program.policyOverrides),
  };
}
export type ProgramDetail = Awaited<ReturnType<typeof getProgram>>;

export interface SubjectRow {
  id: string;
  ref: string;
  name: string;
  tutors: number;
  archivedAt: Date | null;
}

export async function listSubjects(db: Kysely<DB>, filter: ListFilter): Promise<ListPage<SubjectRow>> {
  const where = () => matches(sql<string>`concat_ws(' ', subject.name, subject.ref)`, filter.q);
  const { offset, ...page } = await pageOf(db, 'subject', filter, where);
  const rows = await db
    .selectFrom('subject')
    .select((eb) => [
      'id',
      'ref',
      'name',
      'archivedAt',
      eb
        .selectFrom('tutorSubject')
        .innerJoin('tutor', 'tutor.id', 'tutorSubject.tutorId')
        .select((inner) => inner.fn.countAll<bigint>().as('count'))
        .whereRef('tutorSubject.subjectId', '=', 'subject.id')
        .where('tutor.archivedAt', 'is', null)
        .as('tutors'),
    ])
    .where('archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('name'))
    .orderBy('id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  return { ...page, rows: rows.map((row) => ({ ...row, tutors: Number(row.tutors ?? 0n) })) };
}

/** A subject with the tutors who teach it. */
export async function getSubject(db: Kysely<DB>, id: string) {
  const subject = await db.selectFrom('subject').selectAll().where('id', '=', id).executeTakeFirst();
  if (!subject) throw new DomainError('not_found', 'This subject is not there.');
  const tutors = await db
    .selectFrom('tutorSubject')
    .innerJoin('tutor', 'tutor.id', 'tutorSubject.tutorId')
    .select(['tutor.id', 'tutor.firstName', 'tutor.lastName', 'tutor.status'])
    .select(
      sql<string[]>`ARRAY(SELECT l.name FROM tutor_subject_level tl JOIN level l ON l.id = tl.level_id
        WHERE tl.tutor_id = tutor.id AND tl.subject_id = tutor_subject.subject_id ORDER BY l.position, l.id)`.as('levels'),
    )
    .where('tutorSubject.subjectId', '=', id)
    .where('tutor.archivedAt', 'is', null)
    .orderBy(byName('tutor.firstName'))
    .execute();
  return { ...subject, tutors };
}
export type SubjectDetail = Awaited<ReturnType<typeof getSubject>>;

export async function listProgramChoices(db: Kysely<DB>, chosen?: string | null): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('program')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen ? [eb('id', '=', chosen)] : [])]))
    .orderBy(byName('name'))
    .execute();
}

/** Active ones, and those already chosen. */
export async function listSubjectChoices(
  db: Kysely<DB>,
  chosen: readonly string[] = [],
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('subject')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen.length > 0 ? [eb('id', 'in', chosen)] : [])]))
    .orderBy(byName('name'))
    .execute();
}
