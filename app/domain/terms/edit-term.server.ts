import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction, sqlState } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TermEdit } from './term.schema.ts';
import { overlap, refuseOverlap } from './term-overlap.server.ts';

/**
 * Changes a term's name or days, for cancellations from now on: what was free as one of it stays so, and is counted in it.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field startsOn) over another's days
 */
export async function editTerm(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: TermEdit): Promise<void> {
  const { id, version, ...term } = input;
  try {
    await inTransaction(db, async (trx) => {
      const before = await trx.selectFrom('term').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!before) throw new DomainError('not_found', 'This term is not there.');
      if (before.version !== version)
        throw await changedMeanwhile(trx, { type: 'term', id, word: 'term', version: before.version });
      const changes = changedFields({ ...before }, term);
      if (!changes) return;
      await refuseOverlap(trx, term, id);
      await trx
        .updateTable('term')
        .set({ ...term, version: version + 1 })
        .where('id', '=', id)
        .execute();
      await audit(trx, actor, { action: 'term.edit', subjectType: 'term', subjectId: id, ...changes });
    });
  } catch (error) {
    throw sqlState(error) === '23P01' ? overlap() : error;
  }
}
