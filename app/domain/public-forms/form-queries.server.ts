import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { acceptOf } from '#app/domain/files/file-types.ts';
import type { Choice } from '#app/domain/people/choice-queries.server.ts';
import { byName } from '#app/domain/people/list-page.server.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken } from '#app/domain/people/people-rules.ts';
import type { DB } from '#db/types.ts';
import { type FormKind, type StoredField, storedFieldsSchema } from './form-fields.ts';

export interface PublicForm {
  kind: FormKind;
  enabled: boolean;
  intro: string;
  thanks: string;
  fields: StoredField[];
  /** Origins that may show it within their pages; empty: any. */
  embedOrigins: string[];
  version: number;
}

/** A form as the admin set it. @throws DomainError not_found */
export async function getPublicForm(db: Kysely<DB>, kind: FormKind): Promise<PublicForm> {
  const row = await db.selectFrom('publicForm').selectAll().where('kind', '=', kind).executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This form is not there.');
  // A line that this version doesn't know is as if it weren't there.
  const fields = storedFieldsSchema.safeParse(row.fields);
  return { ...row, kind, fields: fields.success ? fields.data : [] };
}

/** Subjects and levels to choose from, those in use, and the types of files that are taken. */
export async function listFormChoices(db: Kysely<DB>): Promise<{ subjects: Choice[]; levels: Choice[]; accept: string }> {
  const [subjects, levels, rules] = await Promise.all([
    db.selectFrom('subject').select(['id', 'name']).where('archivedAt', 'is', null).orderBy(byName('name')).execute(),
    db.selectFrom('level').select(['id', 'name']).where('archivedAt', 'is', null).orderBy('position').orderBy('name').execute(),
    getPeopleRules(db),
  ]);
  return { subjects, levels, accept: acceptOf(fileTypesTaken(rules)) };
}

/** The origins that may show a form within theirs (empty: any); undefined where it is closed. */
export async function findFormOrigins(db: Kysely<DB>, kind: FormKind): Promise<string[] | undefined> {
  const row = await db.selectFrom('publicForm').select(['enabled', 'embedOrigins']).where('kind', '=', kind).executeTakeFirst();
  return row?.enabled ? row.embedOrigins : undefined;
}

/** How many answers were taken in since then. */
export async function countAnswers(db: Kysely<DB>, kind: FormKind, since: Date): Promise<number> {
  const row = await db
    .selectFrom('formAnswer')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('kind', '=', kind)
    .where('createdAt', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
