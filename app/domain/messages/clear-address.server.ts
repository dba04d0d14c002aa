import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Mails go to this address again. What was withheld meanwhile stays so: it can be sent again one by one. */
export async function clearAddress(db: Kysely<DB>, actor: Actor, { address }: { address: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const cleared = await trx
      .deleteFrom('mailBlock')
      .where('address', '=', sql<string>`${address}::citext`)
      .returning(['cause', 'mailId'])
      .executeTakeFirst();
    if (!cleared) return;
    await audit(trx, actor, {
      action: 'mail.clear',
      subjectType: 'mail',
      subjectId: cleared.mailId,
      before: { cause: cleared.cause },
    });
  });
}
