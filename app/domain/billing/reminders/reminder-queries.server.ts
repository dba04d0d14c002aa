import { type Kysely, sql } from 'kysely';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';
import type { DB } from '#db/types.ts';
import { shortPercent } from '../tax.ts';
import { dueStep } from './due-step.ts';

export interface ReminderStep {
  id: string;
  daysAfterDue: number;
  subject: string;
  text: string;
  /** Minor units. */
  fee: bigint;
  /** Of what is open. */
  feePercent: string;
}

/** The steps in use, in the order of their days. */
export async function listReminderSteps(db: Kysely<DB>): Promise<ReminderStep[]> {
  const rows = await db
    .selectFrom('reminderStep')
    .select(['id', 'daysAfterDue', 'subject', 'text', 'fee', 'feePercent'])
    .where('archivedAt', 'is', null)
    .orderBy('daysAfterDue')
    .execute();
  return rows.map((row) => ({ ...row, feePercent: shortPercent(row.feePercent) }));
}

export interface SentReminder {
  id: string;
  stepId: string;
  subject: string;
  sentAt: Date;
  /** Open at that moment. */
  open: bigint;
  fee: bigint | null;
}

/** What an invoice was reminded of, the first first. */
export async function listRemindersOf(db: Kysely<DB>, invoiceId: string): Promise<SentReminder[]> {
  return db
    .selectFrom('invoiceReminder')
    .innerJoin('reminderStep', 'reminderStep.id', 'invoiceReminder.stepId')
    .leftJoin('charge', 'charge.id', 'invoiceReminder.feeChargeId')
    .select([
      'invoiceReminder.id',
      'invoiceReminder.stepId',
      'reminderStep.subject',
      'invoiceReminder.sentAt',
      'invoiceReminder.open',
      'charge.net as fee',
    ])
    .where('invoiceReminder.invoiceId', '=', invoiceId)
    .orderBy('invoiceReminder.sentAt')
    .execute();
}

export interface DueReminder {
  invoiceId: string;
  stepId: string;
}

interface OpenInvoice {
  id: string;
  daysOverdue: number;
  sent: string[];
}

/** Open invoices that are due for a step today, of families who have an address and are not left in peace. */
export async function listDueReminders(db: Kysely<DB>, today: string): Promise<DueReminder[]> {
  const steps = await listReminderSteps(db);
  if (steps.length === 0) return [];
  const { rows } = await sql<OpenInvoice>`
    SELECT i.id, ${today}::date - i.due_on AS days_overdue,
      ARRAY(SELECT r.step_id::text FROM invoice_reminder r WHERE r.invoice_id = i.id) AS sent
    FROM invoice i JOIN client c ON c.id = i.client_id
    WHERE i.due_on <= ${today}::date + 30 AND NOT c.no_reminders AND c.email IS NOT NULL
      AND ${openOf('i')} > 0
    ORDER BY i.due_on, i.number`.execute(db);
  return rows.flatMap((invoice) => {
    const step = dueStep(steps, invoice.daysOverdue, new Set(invoice.sent));
    return step ? [{ invoiceId: invoice.id, stepId: step.id }] : [];
  });
}
