import { operation } from '#config/defaults.ts';
import type { JobName } from './job-types.ts';

export interface QueuePlan {
  /** How often a failed job is tried again, and after how many seconds the first time; the pauses grow. */
  retryLimit: number;
  retryDelay: number;
  retryDelayMax: number;
  /** A job that runs longer is given up and tried again. */
  expireInSeconds: number;
  heartbeatSeconds: number;
  /** How many one process takes, and does side by side, at once. */
  atOnce: number;
  /** A cron expression in UTC, for what recurs. */
  cron?: string;
}

const usual: QueuePlan = {
  retryLimit: 6,
  retryDelay: 5,
  retryDelayMax: 900,
  expireInSeconds: 300,
  heartbeatSeconds: operation.heartbeatSeconds,
  atOnce: 1,
};

export const queues: Record<JobName, QueuePlan> = {
  // A mail that can't be handed over comes back at a time of its own; the queue's tries are for a process that dies.
  'mail.send': { ...usual, retryLimit: 34, retryDelayMax: 3_600, atOnce: 4 },
  'conversations.tell': { ...usual },
  // What a run leaves is due for the next.
  'sessions.remind': { ...usual, retryLimit: 0, expireInSeconds: 900, cron: '* * * * *' },
  'mails.sweep': { ...usual, retryLimit: 0, cron: '*/5 * * * *' },
  // A provider that fails is asked again at the time that the meeting says; the queue's own tries are for ours.
  'meeting.provision': { ...usual, atOnce: 4 },
  'meeting.release': { ...usual, atOnce: 2 },
  'meeting.sweep': { ...usual, retryLimit: 2, cron: '* * * * *' },
  // A provider may be away for a day.
  'connection.revoke': { ...usual, retryLimit: 34, retryDelayMax: 3_600 },
  'connections.check': { ...usual, retryLimit: 2, expireInSeconds: 1_800, cron: '29 * * * *' },
  // Each session's report is asked for at times of its own; a round that is missed is caught up by the next.
  'presence.read': { ...usual, retryLimit: 0, expireInSeconds: 1_800, cron: '*/5 * * * *' },
  // A run is resumed where it stood, so a dead worker is noticed early and the job given to another.
  'invoice-run.issue': { ...usual, expireInSeconds: 3_600, retryDelay: 1, retryDelayMax: 30 },
  // Whoever waits for it looks on: a dead worker's run is begun again soon.
  'matching.solve': { ...usual, retryLimit: 3, expireInSeconds: 600, retryDelay: 1, retryDelayMax: 10 },
  'billing.periods': { ...usual, retryLimit: 2, cron: '37 * * * *' },
  'credits.expire': { ...usual, retryLimit: 2, cron: '7 * * * *' },
  // Whichever hour comes after the organisation's midnight: what was missed is charged before invoices are proposed.
  'make-ups.expire': { ...usual, retryLimit: 2, cron: '11 * * * *' },
  'credits.watch': { ...usual, retryLimit: 2, cron: '19 * * * *' },
  // Each schedule's day is done once, whichever hour finds it first; after what periodic modes come to is known.
  'invoice-schedules.run': { ...usual, retryLimit: 2, expireInSeconds: 1_800, cron: '47 * * * *' },
  // Every night; one that failed is caught up by the next.
  'series.roll': { ...usual, retryLimit: 2, expireInSeconds: 1_800, cron: '23 2 * * *' },
  'sessions.autocomplete': { ...usual, retryLimit: 2, cron: '*/5 * * * *' },
  // Each step of a session goes out once, and what quiet hours held back goes out with the first after them.
  'closeouts.chase': { ...usual, retryLimit: 2, cron: '4-59/10 * * * *' },
  // Each lesson is asked about once, whichever hour finds it first.
  'feedback.ask': { ...usual, retryLimit: 2, cron: '53 * * * *' },
  'offers.advance': { ...usual, retryLimit: 2, cron: '*/5 * * * *' },
  // Once a day in the small hours of Europe and the evening of America; a day missed is caught up by the next.
  'clearances.remind': { ...usual, retryLimit: 2, cron: '11 5 * * *' },
  // Each step goes out once per invoice, so a day that is done again tells nobody twice.
  'invoices.remind': { ...usual, retryLimit: 2, expireInSeconds: 1_800, cron: '37 6 * * *' },
  'engagements.chase': { ...usual, retryLimit: 2, cron: '23 * * * *' },
  'requests.chase': { ...usual, retryLimit: 2, cron: '13 * * * *' },
  // A gateway may be away for a day.
  'payment.refund': { ...usual, retryLimit: 34, retryDelayMax: 3_600 },
  'card.forget': { ...usual, retryLimit: 34, retryDelayMax: 3_600 },
  'collection.refresh': { ...usual, atOnce: 2 },
  // What one of them leaves under way the next looks after.
  'collections.charge': { ...usual, retryLimit: 2, cron: '*/5 * * * *' },
  'collections.reconcile': { ...usual, retryLimit: 2, cron: '*/10 * * * *' },
  // An expired hold stands in nobody's way; this only clears the table.
  'api.forget': { ...usual, retryLimit: 2, cron: '41 3 * * *' },
  'holds.release': { ...usual, retryLimit: 2, cron: '*/15 * * * *' },
};

/** Where a job goes when all its tries have failed; `/readyz` counts what lies there. */
export const deadLetterQueue = 'dead-letter';
