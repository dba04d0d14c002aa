import { type Kysely, sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { raiseTask, type TaskAbout } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { oneLine } from './queue-mail.server.ts';

export interface Bounce {
  /** Of our row, where the report names it: see `mailIdOf`. */
  mailId?: string | null;
  address: string;
  /** hard: there is no such mailbox; soft: this one did not arrive; complaint: told as spam. */
  kind: 'hard' | 'soft' | 'complaint';
  /** What the other side said; one line is kept. */
  detail: string;
}

/** The mail that a Message-ID of ours names; null for any other. */
export function mailIdOf(messageId: string): string | null {
  const id = /^<?mail-([\da-f-]{36})@[^\s<>@]+>?$/i.exec(messageId.trim())?.[1];
  return isId(id) ? id.toLowerCase() : null;
}

/**
 * Notes that a mail came back. After a hard bounce or a complaint nothing more is sent to the address until somebody clears it,
 * and the office gets a task. Of an address that never got a mail from here nothing is noted. Told twice it is noted once.
 * @returns whether it was about a mail or an address of ours
 */
export async function recordBounce(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { mailId = null, address, kind, detail }: Bounce,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const mail = await mailOf(trx, mailId, address);
    if (!mail) return false;
    const said = oneLine(detail).slice(0, 500);
    // A report that names no mail speaks of the address alone.
    if (mailId === mail.id) await markBounced(trx, ctx, mail.id, kind, said);
    if (kind !== 'soft') await block(trx, ctx, { address: mail.toAddress, mailId: mail.id, cause: kind, detail: said });
    return true;
  });
}

/** The mail that is named, if it went to this address; else the last one that went there. */
async function mailOf(trx: Transaction<DB>, mailId: string | null, address: string) {
  const ours = trx
    .selectFrom('mailMessage')
    .select(['id', 'toAddress'])
    .where(sql<string>`lower(to_address)`, '=', address.trim().toLowerCase())
    .where('status', 'in', ['sending', 'sent', 'bounced']);
  const named = mailId ? await ours.where('id', '=', mailId).executeTakeFirst() : undefined;
  return named ?? (await ours.orderBy('createdAt', 'desc').limit(1).executeTakeFirst());
}

async function markBounced(
  trx: Transaction<DB>,
  { clock }: Pick<DomainContext, 'clock'>,
  id: string,
  kind: Bounce['kind'],
  detail: string,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('mailMessage')
    .set(kind === 'complaint' ? { error: detail || 'Told as spam' } : { status: 'bounced', bouncedAt: clock(), error: detail })
    .where('id', '=', id)
    .where('status', 'in', ['sending', 'sent'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await audit(
    trx,
    { userId: null, kind: 'system' },
    {
      action: 'mail.bounce',
      subjectType: 'mail',
      subjectId: id,
      after: { kind },
    },
  );
}

async function block(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  of: { address: string; mailId: string; cause: 'hard' | 'complaint'; detail: string },
): Promise<void> {
  const isNew = await trx
    .insertInto('mailBlock')
    .values({ ...of, createdAt: ctx.clock() })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('address')
    .executeTakeFirst();
  if (!isNew) return;
  await audit(
    trx,
    { userId: null, kind: 'system' },
    {
      action: 'mail.block',
      subjectType: 'mail',
      subjectId: of.mailId,
      after: { cause: of.cause },
    },
  );
  const body =
    of.cause === 'hard'
      ? `Mails to this address come back, so nothing more is sent there. ${of.detail}`
      : 'They told their mail service that our mails are spam, so nothing more is sent there.';
  await raiseTask(trx, ctx, {
    event: 'mail_blocked',
    key: `${of.mailId}:${of.cause}`,
    about: await personAt(trx, of.address),
    body: body.trim(),
  });
}

/** Whose address it is: the first of a client, a student, a tutor. */
async function personAt(trx: Transaction<DB>, address: string): Promise<TaskAbout> {
  const { rows } = await sql<{ kind: string; id: string }>`
    SELECT kind, id FROM (
      SELECT 1 AS rank, 'clientId' AS kind, c.id FROM client c LEFT JOIN users u ON u.id = c.user_id WHERE coalesce(c.email, u.email) = ${address}::citext
      UNION ALL SELECT 2, 'studentId', s.id FROM student s LEFT JOIN users u ON u.id = s.user_id WHERE coalesce(s.email, u.email) = ${address}::citext
      UNION ALL SELECT 3, 'tutorId', t.id FROM tutor t LEFT JOIN users u ON u.id = t.user_id WHERE coalesce(t.email, u.email) = ${address}::citext
    ) person ORDER BY rank, id LIMIT 1`.execute(trx);
  const [person] = rows;
  return person ? ({ [person.kind]: person.id } as TaskAbout) : {};
}
