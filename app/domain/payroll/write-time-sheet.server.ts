import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TimeSheetEntryValues } from './time-sheet.schema.ts';

interface WriteEntry extends TimeSheetEntryValues {
  /** The entry's own; of one that is not there yet it makes a second click the same entry. */
  id: string;
  tutorId: string;
}

/**
 * Writes down work that is not teaching, or changes what was written; what was sent back is handed in again by it.
 * @throws DomainError invalid_value at the field, unknown_reference (workKindId), locked once it is approved, not_found
 */
export async function writeTimeSheet(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: WriteEntry): Promise<void> {
  if (!isLocalDate(input.localDate)) throw new DomainError('invalid_value', 'Enter the day.', { field: 'localDate' });
  await inTransaction(db, async (trx) => {
    const { timezone } = await getOrganisation(trx);
    if (input.localDate > localDateOf(ctx.clock(), timezone))
      throw new DomainError('invalid_value', 'This day is still to come.', { field: 'localDate' });
    const kind = await trx.selectFrom('workKind').select('archivedAt').where('id', '=', input.workKindId).executeTakeFirst();
    if (!kind || kind.archivedAt)
      throw new DomainError('unknown_reference', 'This kind of work is not offered any more.', { field: 'workKindId' });
    const { id, tutorId, ...values } = input;
    const there = await trx.selectFrom('timeSheetEntry').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (there && there.tutorId !== tutorId) throw new DomainError('not_found', 'This entry is not there.');
    if (there?.status === 'approved')
      throw new DomainError('locked', 'This entry is approved. Ask the office to send it back, then change it.');
    if (there) {
      await trx
        .updateTable('timeSheetEntry')
        .set({ ...values, status: 'submitted', sentBackReason: '', version: there.version + 1 })
        .where('id', '=', id)
        .execute();
    } else {
      const made = await trx
        .insertInto('timeSheetEntry')
        .values({ id, tutorId, ...values })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 0n) return;
    }
    await audit(trx, actor, {
      action: there ? 'time_sheet.edit' : 'time_sheet.submit',
      subjectType: 'time_sheet_entry',
      subjectId: id,
      after: { tutorId, localDate: values.localDate, minutes: values.minutes, workKindId: values.workKindId },
    });
  });
}

/**
 * Takes an entry away that is not approved. Twice is once.
 * @throws DomainError locked once it is approved
 */
export async function removeTimeSheet(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { id: string; tutorId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const there = await trx
      .selectFrom('timeSheetEntry')
      .selectAll()
      .where('id', '=', input.id)
      .where('tutorId', '=', input.tutorId)
      .forUpdate()
      .executeTakeFirst();
    if (!there) return;
    if (there.status === 'approved') throw new DomainError('locked', 'This entry is approved. Ask the office to send it back.');
    await trx.deleteFrom('timeSheetEntry').where('id', '=', input.id).execute();
    await audit(trx, actor, {
      action: 'time_sheet.remove',
      subjectType: 'time_sheet_entry',
      subjectId: there.id,
      before: { tutorId: there.tutorId, localDate: there.localDate, minutes: there.minutes },
    });
  });
}
