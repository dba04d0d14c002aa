import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

/** Everything that is done after the answer has gone out: enqueued in the transaction that makes it necessary. */
export type Job =
  | { name: 'conversations.tell'; data: { conversationId: string } }
  /** `paced`: they wait for their turn among many; `turn`: which has come. */
  | { name: 'mail.send'; data: { mailIds: readonly string[]; paced?: boolean; turn?: boolean } }
  | { name: 'mails.sweep'; data: Record<string, never> }
  | { name: 'sessions.remind'; data: Record<string, never> }
  | { name: 'meeting.provision'; data: { sessionId: string } }
  | { name: 'meeting.release'; data: { sessionId: string } }
  | { name: 'meeting.sweep'; data: Record<string, never> }
  /** The token is sealed. */
  | { name: 'connection.revoke'; data: { installId: string; token: string } }
  | { name: 'connections.check'; data: Record<string, never> }
  | { name: 'presence.read'; data: Record<string, never> }
  | { name: 'invoice-run.issue'; data: { runId: string } }
  | { name: 'invoice-schedules.run'; data: Record<string, never> }
  | { name: 'credits.expire'; data: Record<string, never> }
  | { name: 'invoices.remind'; data: Record<string, never> }
  | { name: 'credits.watch'; data: Record<string, never> }
  | { name: 'make-ups.expire'; data: Record<string, never> }
  | { name: 'billing.periods'; data: Record<string, never> }
  | { name: 'series.roll'; data: Record<string, never> }
  | { name: 'feedback.ask'; data: Record<string, never> }
  | { name: 'sessions.autocomplete'; data: Record<string, never> }
  | { name: 'closeouts.chase'; data: Record<string, never> }
  | { name: 'matching.solve'; data: { runId: string } }
  | { name: 'offers.advance'; data: Record<string, never> }
  | { name: 'engagements.chase'; data: Record<string, never> }
  | { name: 'requests.chase'; data: Record<string, never> }
  | { name: 'clearances.remind'; data: Record<string, never> }
  | { name: 'holds.release'; data: Record<string, never> }
  | { name: 'payment.refund'; data: { refundId: string } }
  | { name: 'card.forget'; data: { cardId: string } }
  | { name: 'collection.refresh'; data: { collectionId: string } }
  | { name: 'collections.charge'; data: Record<string, never> }
  | { name: 'collections.reconcile'; data: Record<string, never> }
  | { name: 'api.forget'; data: Record<string, never> };

export type JobName = Job['name'];
export type JobData<N extends JobName> = Extract<Job, { name: N }>['data'];

/**
 * Puts a job on the queue through the given connection: within a transaction the job exists if, and only if, the
 * transaction commits. With `startAfter` nobody takes it before.
 */
export type Enqueue = (db: Kysely<DB>, job: Job, options?: { startAfter?: Date }) => Promise<void>;
