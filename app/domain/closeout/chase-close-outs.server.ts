import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { officeOverdueMail, tutorOverdueMail } from '#app/domain/messages/overdue-mail.server.ts';
import { type MailContext, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { quietAround } from '#app/domain/messages/quiet-hours.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isDue, isOfficeDue, overdueAfter, tutorStep } from './chase-steps.ts';
import type { CloseOutRules } from './close-out-rules.ts';
import { listOpenCloseOuts, type OpenCloseOut } from './open-queries.server.ts';
import { getCloseOutRules } from './save-close-out-rules.server.ts';

const system: Actor = { userId: null, kind: 'system' };

/** A tutor who teaches all day is written to a few times, not after each lesson. */
const TUTOR_REST_MINUTES = 180;
/** The office gets one mail a day. */
const OFFICE_REST_MINUTES = 20 * 60;

/**
 * Reminds tutors of what they haven't closed out, by the company's rules: one mail with all that is overdue, none in their
 * quiet hours (what became due in them goes out in the morning), each step of a session once. Then tells the office.
 * @returns how many tutors were told, and of how many sessions the office was
 */
export async function chaseCloseOuts(
  db: Kysely<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
): Promise<{ tutors: number; office: number }> {
  const rules = await getCloseOutRules(db);
  if (!rules.chase) return { tutors: 0, office: 0 };
  return inTransaction(db, async (trx) => {
    // Two workers at once: the second finds nothing left to tell.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('closeouts.chase', 0))`.execute(trx);
    const now = ctx.clock();
    const open = await listOpenCloseOuts(trx, { now, minutes: overdueAfter(rules) });
    return { tutors: await tellTutors(trx, ctx, open, rules, now), office: await tellOffice(trx, ctx, open, rules, now) };
  });
}

async function tellTutors(
  trx: Transaction<DB>,
  ctx: MailContext,
  open: readonly OpenCloseOut[],
  rules: CloseOutRules,
  now: Date,
): Promise<number> {
  const quiet = await getMessageRules(trx);
  const rested = new Date(now.getTime() - TUTOR_REST_MINUTES * 60_000);
  const told = [...Map.groupBy(open, (row) => row.tutor.id).values()].filter(
    (own) =>
      own.some((row) => row.tutor.address !== null && isDueNow(row, rules)) &&
      !own.some((row) => row.toldAt !== null && row.toldAt > rested) &&
      !own.some((row) => quietAround(now, row.zone, quiet)),
  );
  await queueMails(
    trx,
    ctx,
    told.flatMap((own) => tutorOverdueMail(own, { origin: ctx.config.origin, now })),
  );
  const steps = told.flat().flatMap((row) => {
    const step = tutorStep(rules, row.minutes);
    return step ? [{ sessionId: row.id, step: step.step }] : [];
  });
  await mark(trx, steps, now, 'closeout.chase');
  return told.length;
}

function isDueNow(row: OpenCloseOut, rules: CloseOutRules): boolean {
  const step = tutorStep(rules, row.minutes);
  const told = row.toldAt && (row.toldAt.getTime() - row.waitsSince.getTime()) / 60_000;
  return step !== undefined && isDue(step, told);
}

async function tellOffice(
  trx: Transaction<DB>,
  ctx: MailContext,
  open: readonly OpenCloseOut[],
  rules: CloseOutRules,
  now: Date,
): Promise<number> {
  const due = open.filter((row) => row.officeToldAt === null && isOfficeDue(rules, row.minutes));
  if (due.length === 0) return 0;
  const office = await trx.selectFrom('organisation').select(['name', 'email', 'timezone']).executeTakeFirst();
  if (!office?.email || quietAround(now, office.timezone, await getMessageRules(trx))) return 0;
  const { rows } = await sql<{ told: boolean }>`SELECT EXISTS (SELECT 1 FROM close_out_chase
    WHERE step = 'office' AND sent_at > ${now}::timestamptz - make_interval(mins => ${OFFICE_REST_MINUTES})) AS told`.execute(
    trx,
  );
  if (rows[0]?.told) return 0;
  const to = { name: office.name, address: office.email };
  await queueMails(trx, ctx, [officeOverdueMail(due, { origin: ctx.config.origin, now, to })]);
  await mark(
    trx,
    due.map((row) => ({ sessionId: row.id, step: 'office' })),
    now,
    'closeout.tell_office',
  );
  return due.length;
}

async function mark(
  trx: Transaction<DB>,
  steps: readonly { sessionId: string; step: string }[],
  now: Date,
  action: 'closeout.chase' | 'closeout.tell_office',
): Promise<void> {
  if (steps.length === 0) return;
  await trx
    .insertInto('closeOutChase')
    .values(steps.map((one) => ({ ...one, sentAt: now })))
    // After it was sent back its steps begin anew.
    .onConflict((conflict) => conflict.columns(['sessionId', 'step']).doUpdateSet({ sentAt: now }))
    .execute();
  for (const { sessionId, step } of steps)
    await audit(trx, system, { action, subjectType: 'session', subjectId: sessionId, sessionId, after: { step } });
}
