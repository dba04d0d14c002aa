import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { assessSession } from './assess-session.server.ts';
import type { KeptChange } from './change-rates.server.ts';

/**
 * Takes a change of many rates back, all of it or nothing: the rows are as they were, and what is on no invoice and in no
 * pay run yet is worked out anew. What was invoiced or paid meanwhile stays as it is.
 * @throws DomainError not_found, already_done, conflict when one of the rates was changed since
 */
export async function undoRateChange(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const change = await trx.selectFrom('rateChange').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst();
    if (!change) throw new DomainError('not_found', 'This change is not there.');
    if (change.undoneAt !== null) throw new DomainError('already_done', 'This change has been taken back already.');
    const changed = change.changed as unknown as KeptChange[];
    // Before the rows go: which sessions went by them.
    const sessions = await sessionsBy(
      trx,
      changed.map((one) => one.follows ?? one.id),
    );
    for (const one of changed) await takeBack(trx, one, change.fromOn);
    await trx
      .updateTable('rateChange')
      .set({ undoneAt: ctx.clock(), undoneBy: actor.userId })
      .where('id', '=', change.id)
      .execute();
    for (const sessionId of sessions) await assessSession(trx, ctx, sessionId);
    await audit(trx, actor, {
      action: 'rate.undo_change',
      subjectType: 'rate_change',
      subjectId: change.id,
      after: { rates: changed.length, sessions: sessions.length },
    });
  });
}

async function takeBack(trx: Transaction<DB>, { id, follows, was, is }: KeptChange, from: string): Promise<void> {
  const rows = await trx
    .selectFrom('rate')
    .select(['id', 'amountPerHour', 'validFrom', 'validTo'])
    .where('id', 'in', follows ? [id, follows] : [id])
    .forUpdate()
    .execute();
  const own = rows.find((row) => row.id === id);
  const next = follows ? rows.find((row) => row.id === follows) : own;
  const untouched = follows ? own?.validTo === from && own.amountPerHour === BigInt(was) && next?.validFrom === from : true;
  if (!own || !next || !untouched || next.amountPerHour !== BigInt(is))
    throw new DomainError('conflict', 'One of these rates was changed since: change them one by one instead.');
  if (!follows) {
    await trx
      .updateTable('rate')
      .set({ amountPerHour: BigInt(was) })
      .where('id', '=', id)
      .execute();
    return;
  }
  await trx.deleteFrom('rate').where('id', '=', follows).execute();
  await trx.updateTable('rate').set({ validTo: next.validTo }).where('id', '=', id).execute();
}

async function sessionsBy(trx: Transaction<DB>, rateIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT a.session_id AS id FROM charge c JOIN attendance a ON a.id = c.attendance_id
    WHERE c.run_id IS NULL AND c.reason ->> 'rateId' = ANY(${rateIds}::text[])
    UNION
    SELECT session_id FROM pay_item WHERE kind = 'session' AND run_id IS NULL AND reason ->> 'rateId' = ANY(${rateIds}::text[])
    ORDER BY 1`.execute(trx);
  return rows.map((row) => row.id);
}
