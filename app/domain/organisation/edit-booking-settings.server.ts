import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { checkBillingMode } from '#app/domain/people/create-client.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkMeetingInstall } from './create-program.server.ts';
import { lockOrganisation } from './lock-organisation.server.ts';
import type { BookingSettings } from './settings.schema.ts';

/** Saves what is asked of a booking and the defaults. What is booked already stays as it is. */
export async function editBookingSettings(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: BookingSettings,
): Promise<void> {
  const { version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await lockOrganisation(trx, version);
    const changes = changedFields({ ...before }, columns);
    if (!changes) return;
    if ('billingInstallId' in changes.after) await checkBillingMode(trx, columns.billingInstallId);
    if (columns.meetingInstallId && 'meetingInstallId' in changes.after) await checkMeetingInstall(trx, columns.meetingInstallId);
    await trx
      .updateTable('organisation')
      .set({ ...columns, version: version + 1 })
      .execute();
    await audit(trx, actor, { action: 'organisation.edit_booking', subjectType: 'organisation', subjectId: null, ...changes });
  });
}
