import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ClosureValues, FileEntry } from './closure.schema.ts';

interface NewClosures {
  programId: string | null;
  closures: readonly (Pick<ClosureValues, 'id' | 'name' | 'startsOn' | 'endsOn'> | FileEntry)[];
}

/**
 * Days on which the company, or one program of it, is closed. What is booked on them stays. One that is there already (by
 * its id, or by its entry in a calendar file) is not added again.
 * @returns how many are new
 * @throws DomainError unknown_reference (`programId`)
 */
export async function addClosures(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: NewClosures): Promise<number> {
  const { programId, closures } = input;
  if (closures.length === 0) return 0;
  return inTransaction(db, async (trx) => {
    if (programId !== null) {
      const program = await trx.selectFrom('program').select('id').where('id', '=', programId).executeTakeFirst();
      if (!program) throw new DomainError('unknown_reference', 'This program is not there any more.', { field: 'programId' });
    }
    const added = await trx
      .insertInto('closure')
      .values(closures.map((closure) => ({ ...closure, programId, createdBy: actor.userId })))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'name', 'startsOn', 'endsOn'])
      .execute();
    for (const { id, ...after } of added)
      await audit(trx, actor, { action: 'closure.create', subjectType: 'closure', subjectId: id, after });
    return added.length;
  });
}
