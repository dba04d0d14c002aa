import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction, sqlState } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TermValues } from './term.schema.ts';
import { overlap, refuseOverlap } from './term-overlap.server.ts';

/** Adds a term. @throws DomainError invalid_value (field startsOn) where its days lie over another's */
export async function addTerm(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: TermValues): Promise<{ id: string }> {
  try {
    return await inTransaction(db, async (trx) => {
      await refuseOverlap(trx, input);
      const { id } = await trx.insertInto('term').values(input).returning('id').executeTakeFirstOrThrow();
      await audit(trx, actor, { action: 'term.create', subjectType: 'term', subjectId: id, after: input });
      return { id };
    });
  } catch (error) {
    // Two who add at once: the constraint lets one in.
    throw sqlState(error) === '23P01' ? overlap() : error;
  }
}
