import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { lineAmount } from '#app/domain/billing/money.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Approves entries of time sheets: each becomes a line of its tutor's pay, at the amount its kind has now, or at
 * `amountPerHour` (minor units) where the kind has none. Approving an approved one does nothing.
 * @throws DomainError invalid_value (field `amount.ID`) where no amount is known, conflict where its tutor changed it since
 * `version`
 */
export async function approveTimeSheets(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { entries: readonly { id: string; version?: number | undefined; amountPerHour?: bigint | undefined }[] },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    let approved = 0;
    const now = ctx.clock();
    for (const { id, version, amountPerHour: given } of [...input.entries].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const entry = await trx
        .selectFrom('timeSheetEntry')
        .selectAll()
        .where('id', '=', id)
        .where('status', '=', 'submitted')
        .forUpdate()
        .executeTakeFirst();
      if (!entry) continue;
      if (version !== undefined && version !== entry.version)
        throw new DomainError(
          'conflict',
          'A tutor changed an entry since you looked, so nothing was approved. Look at them again.',
        );
      const kind = await trx.selectFrom('workKind').selectAll().where('id', '=', entry.workKindId).executeTakeFirstOrThrow();
      const rate = kind.amountPerHour ?? given;
      if (rate === undefined)
        throw new DomainError('invalid_value', `Enter what an hour of ${kind.name} is paid.`, { field: `amount.${id}` });
      await trx
        .updateTable('timeSheetEntry')
        .set({ status: 'approved', amountPerHour: rate, decidedAt: now, decidedBy: actor.userId, version: entry.version + 1 })
        .where('id', '=', id)
        .execute();
      const amount = lineAmount(rate, entry.minutes);
      if (amount !== 0n)
        await trx
          .insertInto('payItem')
          .values({
            kind: 'work',
            tutorId: entry.tutorId,
            timeSheetEntryId: id,
            localDate: entry.localDate,
            minutes: entry.minutes,
            amount,
            note: [kind.name, entry.note].filter(Boolean).join(': '),
            reason: JSON.stringify({ rate: rate.toString(), minutes: entry.minutes, percent: '100' }),
            settledAt: now,
            createdBy: actor.userId,
          })
          .execute();
      await audit(trx, actor, {
        action: 'time_sheet.approve',
        subjectType: 'time_sheet_entry',
        subjectId: id,
        after: { tutorId: entry.tutorId, minutes: entry.minutes, amountPerHour: rate, amount },
      });
      approved++;
    }
    return approved;
  });
}

/**
 * Sends an entry back to its tutor with the reason; of an approved one the pay line is taken back. Twice is once.
 * @throws DomainError invalid_value (field `reason.ID`), locked when a pay run has it
 */
export async function sendBackTimeSheet(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { id: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim();
  if (reason === '') throw new DomainError('invalid_value', 'Say what is to be changed.', { field: `reason.${input.id}` });
  await inTransaction(db, async (trx) => {
    const entry = await trx.selectFrom('timeSheetEntry').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst();
    if (!entry || entry.status === 'sent_back') return;
    const item = await trx
      .selectFrom('payItem')
      .select(['id', 'runId'])
      .where('timeSheetEntryId', '=', entry.id)
      .forUpdate()
      .executeTakeFirst();
    if (item?.runId) throw new DomainError('locked', 'A pay run has this entry. Put a correction into the next run instead.');
    if (item) await trx.deleteFrom('payItem').where('id', '=', item.id).execute();
    await trx
      .updateTable('timeSheetEntry')
      .set({
        status: 'sent_back',
        sentBackReason: reason.slice(0, 500),
        amountPerHour: null,
        decidedAt: ctx.clock(),
        decidedBy: actor.userId,
        version: entry.version + 1,
      })
      .where('id', '=', entry.id)
      .execute();
    await audit(trx, actor, {
      action: 'time_sheet.send_back',
      subjectType: 'time_sheet_entry',
      subjectId: entry.id,
      after: { tutorId: entry.tutorId },
      reason: reason.slice(0, 500),
    });
  });
}
