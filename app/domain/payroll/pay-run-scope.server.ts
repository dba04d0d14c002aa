import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { PayWho } from './pay-who.ts';

/** Whom a run is of, as it is stored with it. */
export interface PayScope {
  payGroupId: string | null;
  offCycle: boolean;
  /** NULL: everybody, whoever comes later too. */
  tutorIds: string[] | null;
  /** "Everybody", a group's name, … */
  label: string;
}

/** @throws DomainError not_found for a pay group that is not there, invalid_value (field tutorIds) where nobody is chosen */
export async function resolvePayWho(db: Kysely<DB>, who: PayWho): Promise<PayScope> {
  if (who.kind === 'all') return { payGroupId: null, offCycle: false, tutorIds: null, label: 'Everybody' };
  if (who.kind === 'tutors') {
    if (who.tutorIds.length === 0) throw new DomainError('invalid_value', 'Choose at least one tutor.', { field: 'tutorIds' });
    const label = who.tutorIds.length === 1 ? '1 tutor, off the calendar' : `${who.tutorIds.length} tutors, off the calendar`;
    return { payGroupId: null, offCycle: true, tutorIds: [...who.tutorIds].sort(), label };
  }
  const groupId = who.kind === 'group' ? who.groupId : null;
  const { rows: members } = await sql<{ id: string }>`
    SELECT id FROM tutor WHERE pay_group_id IS NOT DISTINCT FROM ${groupId}::uuid ORDER BY id`.execute(db);
  const tutorIds = members.map((tutor) => tutor.id);
  if (groupId === null) return { payGroupId: null, offCycle: false, tutorIds, label: 'Tutors in no pay group' };
  const group = await db.selectFrom('payGroup').select('name').where('id', '=', groupId).executeTakeFirst();
  if (!group) throw new DomainError('not_found', 'This pay group is not there any more.');
  return { payGroupId: groupId, offCycle: false, tutorIds, label: group.name };
}

/**
 * SQL: the run `r` covers the days of its period for this tutor. A void run covers nothing, nor does one off the calendar:
 * it pays what is there, and what comes later belongs to the regular run.
 */
export const covers = (tutorId: RawBuilder<unknown>) =>
  sql`r.status <> 'void' AND NOT r.off_cycle AND (r.tutor_ids IS NULL OR ${tutorId} = ANY(r.tutor_ids))`;

/** SQL: a day of this tutor was in a period that was paid already. */
export const coveredDay = (tutorId: RawBuilder<unknown>, day: RawBuilder<unknown>) =>
  sql`EXISTS (SELECT 1 FROM pay_run r WHERE ${covers(tutorId)} AND r.period_from <= ${day} AND ${day} < r.period_to)`;

/** SQL: the scope takes this tutor in. */
export const inScope = ({ tutorIds }: Pick<PayScope, 'tutorIds'>, tutorId: RawBuilder<unknown>) =>
  tutorIds === null ? sql`true` : sql`${tutorId} = ANY(${tutorIds}::uuid[])`;

/** SQL: every day of the period was paid for this tutor. */
export const paidFor = ({ from, to }: Period, tutorId: RawBuilder<unknown>) => sql`coalesce((
  SELECT range_agg(daterange(r.period_from, r.period_to)) @> daterange(${from}::date, ${to}::date) FROM pay_run r
  WHERE ${covers(tutorId)} AND r.period_from < ${to}::date AND r.period_to > ${from}::date), false)`;
