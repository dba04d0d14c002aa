import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ScheduleValues } from './invoice-schedule.schema.ts';

/** Days missed are made up for, and nobody means years of them. */
const LONGEST_AGO_DAYS = 366;

/**
 * Adds a schedule, or changes the one of this id. Sent twice it is one.
 * @throws DomainError not_found, invalid_value (nextOn: long over), conflict when somebody (or the job) changed it since `version`
 */
export async function saveSchedule(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  input: ScheduleValues & { id: string; version?: number },
): Promise<void> {
  const { id, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('invoiceSchedule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (version === undefined && before) return;
    const today = localDateOf(ctx.clock(), (await getOrganisation(trx)).timezone);
    if (values.nextOn !== before?.nextOn && values.nextOn < addDays(today, -LONGEST_AGO_DAYS))
      throw new DomainError('invalid_value', 'This day is long over. Choose when it runs next.', { field: 'nextOn' });
    if (version === undefined) {
      await trx
        .insertInto('invoiceSchedule')
        .values({ id, ...values, createdBy: actor.userId })
        .execute();
      await audit(trx, actor, {
        action: 'invoice_schedule.create',
        subjectType: 'invoice_schedule',
        subjectId: id,
        after: values,
      });
      return;
    }
    if (!before) throw new DomainError('not_found', 'This schedule is not there any more.');
    if (before.version !== version)
      throw new DomainError('conflict', 'It was changed meanwhile, or has just run. Look again before you save.');
    await trx
      .updateTable('invoiceSchedule')
      .set({ ...values, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'invoice_schedule.edit', subjectType: 'invoice_schedule', subjectId: id, after: values });
  });
}

/** Takes a schedule away; runs it has made stay. */
export async function removeSchedule(db: Kysely<DB>, actor: Actor, input: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const gone = await trx.deleteFrom('invoiceSchedule').where('id', '=', input.id).returning('id').executeTakeFirst();
    if (gone)
      await audit(trx, actor, { action: 'invoice_schedule.remove', subjectType: 'invoice_schedule', subjectId: input.id });
  });
}

export interface ScheduleView {
  id: string;
  name: string;
  every: 'week' | 'fortnight' | 'month';
  nextOn: string;
  does: 'prepare' | 'issue';
  paused: boolean;
  lastResult: string;
  version: number;
}

export async function listSchedules(db: Kysely<DB>): Promise<ScheduleView[]> {
  const { rows } = await sql<ScheduleView>`
    SELECT id, name, every, next_on, does, paused, last_result, version FROM invoice_schedule ORDER BY name, id`.execute(db);
  return rows;
}
