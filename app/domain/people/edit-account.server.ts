import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** One's own name, time zone and language; a zone or language of null is the company's, one left out stays. */
export async function editAccount(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor & { userId: string },
  { name, timezone, locale }: { name: string; timezone: string | null; locale?: string | null | undefined },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await trx
      .selectFrom('users')
      .where('id', '=', actor.userId)
      .select(['name', 'timezone', 'locale'])
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) throw new DomainError('not_found', 'Your account is gone.');
    const wanted = { name, timezone, locale: locale === undefined ? before.locale : locale };
    const changes = changedFields(before, wanted, ['name']);
    if (changes === undefined) return;
    await trx.updateTable('users').set(wanted).where('id', '=', actor.userId).execute();
    await audit(trx, actor, {
      action: 'user.edit',
      subjectType: 'user',
      subjectId: actor.userId,
      ...changes,
    });
  });
}
