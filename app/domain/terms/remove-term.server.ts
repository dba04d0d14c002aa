import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Takes a term away; again changes nothing. @throws DomainError locked where a cancellation was free as one of it */
export async function removeTerm(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, { id }: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const term = await trx.selectFrom('term').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!term) return;
    const used = await trx.selectFrom('attendance').select('id').where('waivedTermId', '=', id).limit(1).executeTakeFirst();
    if (used)
      throw new DomainError('locked', 'Cancellations were free as ones of this term, so it stays. You can change its days.');
    await trx.deleteFrom('term').where('id', '=', id).execute();
    const { name, startsOn, endsOn } = term;
    await audit(trx, actor, { action: 'term.remove', subjectType: 'term', subjectId: id, before: { name, startsOn, endsOn } });
  });
}
