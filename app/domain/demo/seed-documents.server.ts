import { readFile } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { setLogo } from '#app/domain/billing/documents/set-logo.server.ts';
import { addReminderStep } from '#app/domain/billing/reminders/add-reminder-step.server.ts';
import { remindInvoice } from '#app/domain/billing/reminders/remind-invoice.server.ts';
import { listDueReminders, listReminderSteps } from '#app/domain/billing/reminders/reminder-queries.server.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company } from './company.ts';
import { userIdOf } from './seed-people.server.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };

/** What stands on Meadowbrook's documents, before the first is issued. */
export async function seedDocuments(trx: Transaction<DB>): Promise<void> {
  await setLogo(trx, admin, { content: await readFile(new URL('./meadowbrook.png', import.meta.url)) });
  await saveMoneySettings(trx, admin, {
    payment_instructions:
      'By transfer to Meadowbrook Tutoring, First Demo Bank, account 000123456.\nPlease write the invoice’s number.',
    terms: 'Payable by the day it is due. Lessons cancelled less than a day before are charged as our policy says.',
  });
}

/** Two steps of reminders, and a few families who were reminded already. */
export async function seedReminders(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const none = { fee: 0n, feePercent: '0' };
  await addReminderStep(trx, admin, {
    ...{ daysAfterDue: 7, subject: 'Invoice {number} is waiting', ...none },
    text: 'Perhaps it slipped through: {open} of {number} was due on {due}.\nIf you have paid in the last days, thank you, and please forget this mail.',
  });
  await addReminderStep(trx, admin, {
    ...{ daysAfterDue: 21, subject: 'Second reminder: {number}', fee: 1000n, feePercent: '0' },
    text: '{open} of {number} has been open since {due}. Please pay it this week, or ring us if something is in the way.',
  });
  const [first] = await listReminderSteps(trx);
  const due = await listDueReminders(trx, localDateOf(ctx.clock(), company.timezone));
  for (const one of due.slice(0, 3)) {
    if (first) await remindInvoice(trx, ctx, { ...admin, at: ctx.clock() }, { ...one, stepId: first.id });
  }
}
