import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { byName } from './list-page.server.ts';
import { fullName } from './names.ts';

export interface Choice {
  id: string;
  name: string;
}

/** What a form offers to choose from: everyone who isn't archived, whatever their status, and the one already chosen. */
export async function listTutorChoices(db: Kysely<DB>, chosen?: string | null): Promise<Choice[]> {
  return tutorChoices(db, sql<boolean>`archived_at IS NULL`, chosen);
}

/** Whom something new can be given to: active tutors, and the one already chosen. */
export async function listBookableTutorChoices(db: Kysely<DB>, chosen?: string | null): Promise<Choice[]> {
  return tutorChoices(db, BOOKABLE, chosen);
}

/** Of the table `tutor`: offered where something new is planned. */
export const BOOKABLE = sql<boolean>`(tutor.archived_at IS NULL AND tutor.status = 'active')`;

async function tutorChoices(db: Kysely<DB>, which: Expression<SqlBool>, chosen?: string | null): Promise<Choice[]> {
  const rows = await db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName'])
    .where((eb) => eb.or([which, ...(chosen ? [eb('id', '=', chosen)] : [])]))
    .orderBy(byName('firstName'))
    .orderBy(byName('lastName'))
    .execute();
  return rows.map((row) => ({ id: row.id, name: fullName(row) }));
}

export async function listClientChoices(db: Kysely<DB>, chosen?: string | null): Promise<Choice[]> {
  return db
    .selectFrom('client')
    .select(['id', 'name'])
    .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen ? [eb('id', '=', chosen)] : [])]))
    .orderBy(byName('name'))
    .execute();
}

/** The children a client pays for. */
export async function listChildChoices(db: Kysely<DB>, clientId: string): Promise<Choice[]> {
  const rows = await db
    .selectFrom('student')
    .select(['id', 'firstName', 'lastName'])
    .where('clientId', '=', clientId)
    .where('archivedAt', 'is', null)
    .orderBy(byName('firstName'))
    .orderBy(byName('lastName'))
    .execute();
  return rows.map((row) => ({ id: row.id, name: fullName(row) }));
}

/** With who pays, since two children can share a name. */
export async function listStudentChoices(db: Kysely<DB>, chosen?: string | null): Promise<(Choice & { clientName: string })[]> {
  const rows = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select(['student.id', 'student.firstName', 'student.lastName', 'client.name as clientName'])
    .where((eb) => eb.or([eb('student.archivedAt', 'is', null), ...(chosen ? [eb('student.id', '=', chosen)] : [])]))
    .orderBy(byName('student.firstName'))
    .orderBy(byName('student.lastName'))
    .execute();
  return rows.map((row) => ({ id: row.id, name: fullName(row), clientName: row.clientName }));
}
