import type { Kysely } from 'kysely';
import { hashToken, newToken } from '#app/auth/token.server.ts';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** The secret in the address at which a mail service hands in answers, bounces and complaints; only its hash is kept. */

/** Makes the secret of `/hooks/mail/:token`; an address of before holds no more. Told this once. */
export async function makeMailHook(db: Kysely<DB>, actor: Actor): Promise<string> {
  const token = newToken();
  await setHash(db, actor, hashToken(token));
  return token;
}

/** From now on nothing comes in. */
export const removeMailHook = (db: Kysely<DB>, actor: Actor): Promise<void> => setHash(db, actor, null);

async function setHash(db: Kysely<DB>, actor: Actor, mailHookHash: string | null): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.updateTable('organisation').set({ mailHookHash }).execute();
    await audit(trx, actor, {
      action: mailHookHash ? 'organisation.make_mail_hook' : 'organisation.remove_mail_hook',
      subjectType: 'organisation',
      subjectId: null,
    });
  });
}

export async function hasMailHook(db: Kysely<DB>): Promise<boolean> {
  const row = await db.selectFrom('organisation').select('mailHookHash').executeTakeFirst();
  return Boolean(row?.mailHookHash);
}

export async function isMailHook(db: Kysely<DB>, token: string): Promise<boolean> {
  const row = await db.selectFrom('organisation').select('mailHookHash').executeTakeFirst();
  return Boolean(row?.mailHookHash) && row?.mailHookHash === hashToken(token);
}
