import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refuseSameName } from './add-named.server.ts';
import { type NamedEdit, type NamedList, namedLists } from './named-list.ts';

/**
 * Renames it everywhere it is used.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field name)
 */
export async function renameNamed(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  list: NamedList,
  { id, version, name }: NamedEdit,
): Promise<void> {
  const { table, word } = namedLists[list];
  await inTransaction(db, async (trx) => {
    await refuseSameName(trx, list, name, id);
    const before = await trx.selectFrom(list).select(['name', 'version']).where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', `This ${word} is not there.`);
    if (before.version !== version) throw await changedMeanwhile(trx, { type: table, id, word, version: before.version });
    const changes = changedFields(before, { name });
    if (!changes) return;
    await trx
      .updateTable(list)
      .set({ name, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: `${table}.edit`, subjectType: table, subjectId: id, ...changes });
  });
}
