import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { getMoneySettings } from '../save-money-settings.server.ts';
import { remindInvoice } from './remind-invoice.server.ts';
import { listDueReminders } from './reminder-queries.server.ts';

const system: Actor = { userId: null, kind: 'system' };

/**
 * Reminds every family of what is due for a step today, each in a transaction of its own: one that can't be told holds up
 * no other. Nothing where reminders are switched off.
 * @returns how many were told
 */
export async function remindOverdue(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  const organisation = await findOrganisation(db);
  if (!organisation || !(await getMoneySettings(db)).reminders) return 0;
  let told = 0;
  for (const due of await listDueReminders(db, localDateOf(ctx.clock(), organisation.timezone))) {
    try {
      if (await remindInvoice(db, ctx, system, due)) told++;
    } catch (error) {
      // The address went, or the step, since the list was read.
      if (!isDomainError(error)) throw error;
    }
  }
  return told;
}
