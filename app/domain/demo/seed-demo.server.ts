import { type Kysely, sql, type Transaction } from 'kysely';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { hashPassword } from '#app/auth/password.server.ts';
import type { AppContext, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { Job } from '#app/jobs/job-types.ts';
import type { DB } from '#db/types.ts';
import { company } from './company.ts';
import { pastMonths, planSessions } from './plan.ts';
import { seedAround } from './seed-around.server.ts';
import { seedAvailability } from './seed-availability.server.ts';
import { seedCredits, seedPackages } from './seed-credits.server.ts';
import { seedDocuments, seedReminders } from './seed-documents.server.ts';
import { seedFields } from './seed-fields.server.ts';
import { seedForms } from './seed-forms.server.ts';
import { seedGroups } from './seed-groups.server.ts';
import { seedLearning } from './seed-learning.server.ts';
import { seedMails } from './seed-mails.server.ts';
import { monthHappenings, packageHappenings } from './seed-money.server.ts';
import { seedOffers } from './seed-offers.server.ts';
import { seedPayroll } from './seed-payroll.server.ts';
import { seedPeople } from './seed-people.server.ts';
import { seedPlaces } from './seed-places.server.ts';
import { seedRequests } from './seed-requests.server.ts';
import { seedSeries } from './seed-series.server.ts';
import { bookDemoSession, type Happening, happeningsOf, releaseOldRooms, seedPreparation } from './seed-sessions.server.ts';
import { seedStorefront } from './seed-storefront.server.ts';
import { seedTutors } from './seed-tutors.server.ts';
import { seedWays } from './seed-ways.server.ts';

const MARK = { scope: 'seed', key: 'demo' };

/**
 * Fills an empty installation with Meadowbrook Tutoring, twelve weeks around now, through the same use cases as the
 * pages. All or nothing, in one transaction; on a filled demo it changes nothing.
 * @returns false where the demo was there already
 * @throws DomainError already_done where another company is
 */
export async function seedDemo(db: Kysely<DB>, ctx: DomainContext): Promise<boolean> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('seed-demo', 0))`.execute(trx);
    const seeded = await trx
      .selectFrom('idempotencyKey')
      .select('key')
      .where('scope', '=', MARK.scope)
      .where('key', '=', MARK.key)
      .executeTakeFirst();
    if (seeded) return false;
    const other = await trx.selectFrom('organisation').select('name').executeTakeFirst();
    if (other) throw new DomainError('already_done', `${other.name} is set up here already. The demo needs an empty database.`);
    await fill(trx, ctx, passwordHash);
    await trx
      .insertInto('idempotencyKey')
      .values({ ...MARK, result: JSON.stringify({ at: ctx.clock().toISOString() }) })
      .execute();
    return true;
  });
}

async function fill(trx: Transaction<DB>, ctx: DomainContext, passwordHash: string): Promise<void> {
  const now = ctx.clock();
  const jobs: Job[] = [];
  const at = (time: Date): DomainContext => ({
    ...ctx,
    clock: () => time,
    enqueue: async (_, job) => void jobs.push(job),
  });
  const sessions = planSessions(now);
  const months = pastMonths(now);
  const firstDay = localDateOf(sessions[0]?.startsAt ?? now, company.timezone);
  await seedPeople(trx, at(now), { passwordHash, firstDay, raiseDay: months[1]?.from ?? firstDay });
  await seedPlaces(trx, at(now));
  await seedTutors(trx, at(now));

  await seedDocuments(trx);
  await seedPackages(trx);

  const booked = sessions.map((session): Happening => ({ at: now, tell: (t, c) => bookDemoSession(t, c, session) }));
  const later = [
    ...sessions.flatMap((session) => happeningsOf(session, now)),
    ...months.flatMap((month, i) => monthHappenings(month, now, months.length - i)),
  ];
  later.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const happening of [...packageHappenings(firstDay, now), ...booked, ...later]) {
    await happening.tell(trx, at(happening.at));
  }
  await seedPreparation(trx, sessions, now);
  await seedAvailability(trx, at(now));
  await seedStorefront(trx, at(now));
  await seedWays(trx, at(now));
  await seedSeries(trx, at(now), sessions);
  await seedGroups(trx, at(now));
  await seedFields(trx);
  await seedForms(trx, at(now));
  await seedRequests(trx, at(now));
  await seedOffers(trx, at(now));
  await seedCredits(trx, at(now));
  await seedReminders(trx, at(now));
  await seedPayroll(trx, at(now));
  await seedAround(trx, at(now));
  await seedLearning(trx, now);
  await releaseOldRooms(trx, now);
  await leaveJobs(trx, ctx, jobs, now);
  await seedMails(trx, at(now));
}

/** Of what was enqueued, the rooms of coming sessions and the mails about the next two days; the rest is told of old. */
async function leaveJobs(trx: Transaction<DB>, ctx: Pick<AppContext, 'enqueue'>, jobs: readonly Job[], now: Date): Promise<void> {
  const soon = new Date(now.getTime() + 2 * 86_400_000);
  await sql`
    DELETE FROM mail_message WHERE session_id IS NULL OR session_id NOT IN (
      SELECT id FROM session WHERE ends_at > ${now} AND starts_at < ${soon})`.execute(trx);
  const mails = await trx.selectFrom('mailMessage').select('id').execute();
  if (mails.length > 0) await ctx.enqueue(trx, { name: 'mail.send', data: { mailIds: mails.map((mail) => mail.id) } });
  const rooms = await trx.selectFrom('meeting').select('sessionId').where('state', '=', 'pending').execute();
  const waiting = new Set(rooms.map((room) => room.sessionId));
  for (const job of jobs) {
    if (job.name === 'meeting.provision' && waiting.delete(job.data.sessionId)) await ctx.enqueue(trx, job);
  }
}
