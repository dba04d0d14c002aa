import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { confirmInvoiceRun } from './confirm-invoice-run.server.ts';
import { ACTIONABLE } from './invoice-run.ts';
import type { ScheduleEvery } from './invoice-schedule.schema.ts';
import { previewInvoiceRun } from './preview-invoice-run.server.ts';
import { getMoneySettings } from './save-money-settings.server.ts';
import { nextScheduled, schedulePeriod } from './schedule-period.ts';
import { tellAdministrators } from './tell-administrators.server.ts';

const system: Actor = { userId: null, kind: 'system' };

/**
 * Does what the schedules whose day has come say, each in a transaction of its own: tells the administrators that a run
 * can be issued, or issues it where nothing stands in the way and no second person is asked for. Each day is done once,
 * however often the job runs; days missed are made up for, a period after the other.
 * @returns how many schedules it did something for
 */
export async function runDueSchedules(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  const today = localDateOf(ctx.clock(), (await getOrganisation(db)).timezone);
  let done = 0;
  while (await inTransaction(db, (trx) => runNext(trx, ctx, today))) done++;
  return done;
}

async function runNext(trx: Transaction<DB>, ctx: DomainContext, today: string): Promise<boolean> {
  const schedule = await trx
    .selectFrom('invoiceSchedule')
    .selectAll()
    .where('paused', '=', false)
    .where('nextOn', '<=', today)
    .orderBy('nextOn')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!schedule) return false;
  const every = schedule.every as ScheduleEvery;
  const { clientIds, programIds, billingInstallIds } = schedule;
  const wanted = { ...schedulePeriod(every, schedule.nextOn), scope: { clientIds, programIds, billingInstallIds } };
  const preview = await previewInvoiceRun(trx, wanted, ctx.clock());
  const blocked = preview.leftOut.some((place) => ACTIONABLE.some((reason) => reason === place.reason && reason !== 'held'));
  const alone = schedule.does === 'issue' && !blocked && !(await getMoneySettings(trx)).second_person;
  let result = 'Nothing to bill';
  if (preview.totals.lines > 0 && alone) {
    await confirmInvoiceRun(trx, ctx, system, { ...wanted, hash: preview.hash, scheduleId: schedule.id, inBackground: true });
    result = `Issued ${preview.totals.families} ${preview.totals.families === 1 ? 'invoice' : 'invoices'}`;
  } else if (preview.totals.lines > 0 || blocked) {
    const until = new Date(Date.parse(wanted.to) - 86_400_000).toISOString().slice(0, 10);
    const scope = [
      ...(clientIds ?? []).map((id) => `&client=${id}`),
      ...(programIds ?? []).map((id) => `&program=${id}`),
      ...(billingInstallIds ?? []).map((id) => `&mode=${id}`),
    ].join('');
    await tellAdministrators(trx, ctx, {
      preview,
      why: schedule.does === 'issue' && blocked ? 'blocked' : 'schedule',
      path: `/office/invoice-runs/new?step=check&from=${wanted.from}&until=${until}${scope}`,
      except: null,
      dedupeKey: `invoice-schedule:${schedule.id}:${schedule.nextOn}`,
    });
    result = blocked && schedule.does === 'issue' ? 'Not issued: something stands in the way' : 'The administrators were told';
  }
  await trx
    .updateTable('invoiceSchedule')
    .set((eb) => ({
      nextOn: nextScheduled(every, schedule.nextOn),
      lastResult: `${wanted.from}: ${result}`,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', schedule.id)
    .execute();
  return true;
}
