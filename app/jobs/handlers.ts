import type { AppContext } from '#app/context.ts';
import { forgetAnswers } from '#app/domain/api/forget-answers.server.ts';
import { assessPeriods } from '#app/domain/billing/assess-periods.server.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { remindOverdue } from '#app/domain/billing/reminders/remind-overdue.server.ts';
import { runDueSchedules } from '#app/domain/billing/run-due-schedules.server.ts';
import { remindClearances } from '#app/domain/clearances/remind-clearances.server.ts';
import { autoCompleteSessions } from '#app/domain/closeout/auto-complete-sessions.server.ts';
import { chaseCloseOuts } from '#app/domain/closeout/chase-close-outs.server.ts';
import { checkConnections } from '#app/domain/connections/check-connections.server.ts';
import { revokeAccess } from '#app/domain/connections/revoke-access.server.ts';
import { tellOfMessages } from '#app/domain/conversations/tell-of-messages.server.ts';
import { warnOfExpiry } from '#app/domain/credits/warn-of-expiry.server.ts';
import { watchCredits } from '#app/domain/credits/watch-credits.server.ts';
import { chaseIdleEngagements } from '#app/domain/engagements/chase-idle-engagements.server.ts';
import { askForFeedback } from '#app/domain/feedback/ask-for-feedback.server.ts';
import { expireMakeUps } from '#app/domain/make-ups/expire-make-ups.server.ts';
import { solveMatchingRun } from '#app/domain/matching/solve-run.server.ts';
import { forgetPluginCalls } from '#app/domain/meetings/forget-plugin-calls.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { readPresence } from '#app/domain/meetings/read-presence.server.ts';
import { releaseMeeting } from '#app/domain/meetings/release-meeting.server.ts';
import { sweepMeetings } from '#app/domain/meetings/sweep-meetings.server.ts';
import { remindSessions } from '#app/domain/messages/remind-sessions.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import { sweepMails } from '#app/domain/messages/sweep-mails.server.ts';
import { advanceOffers } from '#app/domain/offers/advance-offers.server.ts';
import { chargeDueCollections } from '#app/domain/payments/charge-collection.server.ts';
import { reconcileCollections } from '#app/domain/payments/reconcile-collections.server.ts';
import { refreshCollection } from '#app/domain/payments/refresh-collection.server.ts';
import { forgetCard } from '#app/domain/payments/remove-card.server.ts';
import { sendRefund } from '#app/domain/payments/send-refund.server.ts';
import { chaseAgeingRequests } from '#app/domain/requests/chase-ageing-requests.server.ts';
import { rollAllSeries } from '#app/domain/series/roll-series.server.ts';
import { releaseExpiredHolds } from '#app/domain/storefront/release-expired-holds.server.ts';
import type { JobData, JobName } from './job-types.ts';

/**
 * Does one job. It can come twice (a worker died after its work and before saying so), so a handler looks first
 * whether the thing is done. `signal` ends when the job has run out of time or the process stops.
 */
export type JobHandler<N extends JobName> = (
  context: AppContext,
  data: JobData<N>,
  options: { signal: AbortSignal; jobId: string },
) => Promise<void>;

/** One line per job, each naming the use case that does it. */
export const handlers: { [N in JobName]: JobHandler<N> } = {
  'mail.send': sendMail,
  'conversations.tell': async (context, data) => {
    await tellOfMessages(context.db, context, data);
  },
  'sessions.remind': async (context) => {
    await remindSessions(context.db, context);
  },
  'mails.sweep': async (context) => {
    await sweepMails(context);
  },
  'meeting.provision': provisionMeeting,
  'meeting.release': releaseMeeting,
  'meeting.sweep': async (context) => {
    await sweepMeetings(context);
  },
  'connection.revoke': revokeAccess,
  'connections.check': checkConnections,
  'presence.read': readPresence,
  'invoice-run.issue': async (context, { runId }) => {
    await issueInvoiceRun(context.db, context, { runId });
  },
  'matching.solve': (context, { runId }, { signal }) => solveMatchingRun(context, { runId }, { signal }),
  'billing.periods': async (context) => {
    await assessPeriods(context.db, context);
  },
  'credits.expire': async (context) => {
    await expireCredits(context.db, context);
  },
  'credits.watch': async (context) => {
    await watchCredits(context.db, context);
    await warnOfExpiry(context.db, context);
  },
  'make-ups.expire': async (context) => {
    await expireMakeUps(context.db, context);
  },
  'invoice-schedules.run': async (context) => {
    await runDueSchedules(context.db, context);
  },
  'series.roll': rollAllSeries,
  'sessions.autocomplete': async (context) => {
    await autoCompleteSessions(context.db, context);
  },
  'closeouts.chase': async (context) => {
    await chaseCloseOuts(context.db, context);
  },
  'feedback.ask': async (context) => {
    await askForFeedback(context.db, context);
  },
  'offers.advance': async (context) => {
    await advanceOffers(context.db, context);
  },
  'clearances.remind': async (context) => {
    await remindClearances(context.db, context);
  },
  'invoices.remind': async (context) => {
    await remindOverdue(context.db, context);
  },
  'engagements.chase': async (context) => {
    await chaseIdleEngagements(context.db, context);
  },
  'requests.chase': async (context) => {
    await chaseAgeingRequests(context.db, context);
  },
  'payment.refund': sendRefund,
  'card.forget': forgetCard,
  'collection.refresh': refreshCollection,
  'collections.charge': chargeDueCollections,
  'collections.reconcile': reconcileCollections,
  'api.forget': async (context) => {
    await forgetAnswers(context.db, context);
    await forgetPluginCalls(context.db, context);
  },
  'holds.release': async (context) => {
    await releaseExpiredHolds(context.db, context);
  },
};
