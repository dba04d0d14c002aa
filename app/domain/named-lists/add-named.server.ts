import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type NamedList, type NamedValues, namedLists } from './named-list.ts';

/**
 * Adds a name to a list, at the end where the list has an order.
 * @throws DomainError invalid_value (field name) where the list has it already, whatever its case
 */
export async function addNamed(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  list: NamedList,
  { name }: NamedValues,
): Promise<{ id: string }> {
  const { table, ordered } = namedLists[list];
  return inTransaction(db, async (trx) => {
    await refuseSameName(trx, list, name);
    const { rows } = ordered
      ? await sql<{ id: string }>`INSERT INTO ${sql.table(table)} (name, position)
          SELECT ${name}, coalesce(max(position), 0) + 1 FROM ${sql.table(table)} RETURNING id`.execute(trx)
      : await sql<{ id: string }>`INSERT INTO ${sql.table(table)} (name) VALUES (${name}) RETURNING id`.execute(trx);
    const id = (rows[0] as { id: string }).id;
    await audit(trx, actor, { action: `${table}.create`, subjectType: table, subjectId: id, after: { name } });
    return { id };
  });
}

/** The list changes under one lock, so that two who add the same at once don't. */
export async function refuseSameName(trx: Transaction<DB>, list: NamedList, name: string, exceptId?: string): Promise<void> {
  const { table, word } = namedLists[list];
  await sql`LOCK TABLE ${sql.table(table)} IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
  const same = await trx
    .selectFrom(list)
    .select(['id', 'name', 'archivedAt'])
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', eb.fn<string>('lower', [eb.val(name)])))
    .execute();
  const other = same.find((record) => record.id !== exceptId);
  if (!other) return;
  const hint = other.archivedAt ? ' It is archived: bring it back instead.' : '';
  throw new DomainError('invalid_value', `There is a ${word} named ${other.name} already.${hint}`, { field: 'name' });
}
