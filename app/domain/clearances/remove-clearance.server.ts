import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { settleClearanceTasks } from './settle-clearance-tasks.server.ts';

/** Takes away what was entered by mistake; its file stays among the tutor's. One that is gone already is no error. */
export async function removeClearance(db: Kysely<DB>, ctx: DomainContext, actor: Actor, { id }: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('clearance')
      .where('id', '=', id)
      .returning(['tutorId', 'typeId', 'status'])
      .executeTakeFirst();
    if (!gone) return;
    await audit(trx, actor, {
      action: 'tutor.remove_clearance',
      subjectType: 'tutor',
      subjectId: gone.tutorId,
      before: { clearanceId: id, typeId: gone.typeId, status: gone.status },
    });
    await settleClearanceTasks(trx, ctx, actor, gone.tutorId, { renewed: false });
  });
}
