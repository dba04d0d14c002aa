import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { SubjectValues } from './subject.schema.ts';

/** Adds a subject. Throws invalid_value (field `name`) when one of that name is there, whatever its case. */
export async function createSubject(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: SubjectValues,
): Promise<{ id: string; ref: string }> {
  return inTransaction(db, async (trx) => {
    await refuseSameName(trx, input.name);
    const subject = await trx.insertInto('subject').values(input).returning(['id', 'ref']).executeTakeFirstOrThrow();
    await audit(trx, actor, { action: 'subject.create', subjectType: 'subject', subjectId: subject.id, after: input });
    return subject;
  });
}

export async function refuseSameName(db: Kysely<DB>, name: string, exceptId?: string): Promise<void> {
  const same = await db
    .selectFrom('subject')
    .select(['id', 'name', 'archivedAt'])
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .execute();
  const other = same.find((subject) => subject.id !== exceptId);
  if (!other) return;
  const hint = other.archivedAt ? ' It is archived: bring it back instead.' : '';
  throw new DomainError('invalid_value', `There is a subject named ${other.name} already.${hint}`, { field: 'name' });
}
