import { type Kysely, sql } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type PayCalendar, type PayCalendarKind, recentPayPeriods } from './pay-calendar.ts';
import { paidFor } from './pay-run-scope.server.ts';
import { type PayWho, payWhoText } from './pay-who.ts';

export interface PayGroupView extends PayCalendar {
  id: string;
  name: string;
  archivedAt: Date | null;
  tutors: number;
}

/** By name; what is archived only where it still has tutors. */
export async function listPayGroups(db: Kysely<DB>): Promise<PayGroupView[]> {
  const { rows } = await sql<PayGroupView>`
    SELECT * FROM (
      SELECT g.id, g.name, g.calendar, g.starts_on, g.archived_at,
        (SELECT count(*)::int FROM tutor t WHERE t.pay_group_id = g.id) AS tutors
      FROM pay_group g) g
    WHERE archived_at IS NULL OR tutors > 0 ORDER BY name COLLATE "und-x-icu", id`.execute(db);
  return rows;
}

/** @throws DomainError not_found */
export async function getPayCalendar(db: Kysely<DB>, groupId: string): Promise<PayCalendar> {
  const group = await db.selectFrom('payGroup').select(['calendar', 'startsOn']).where('id', '=', groupId).executeTakeFirst();
  if (!group) throw new DomainError('not_found', 'This pay group is not there.');
  return { calendar: group.calendar as PayCalendarKind, startsOn: group.startsOn };
}

export interface DuePayRun extends Period {
  /** As an address says it: "group:ID", "rest", "all". */
  who: string;
  name: string;
  calendar: PayCalendarKind;
  tutors: number;
  /** Lines of these days that no run has. */
  waiting: number;
  /** The period is over and not paid for everybody in it. */
  due: boolean;
  /** The first day after it is still to come. */
  running: boolean;
}

const MONTHLY: PayCalendar = { calendar: 'monthly', startsOn: '2024-01-01' };
const LOOK_BACK = 4;

/**
 * By the calendars: the periods that are over and not paid, oldest first, and the one that runs now. Without pay groups
 * it is everybody, by the month; with them, who is in none is paid by the month.
 * @param today in the organisation's zone
 */
export async function listDuePayRuns(db: Kysely<DB>, today: string): Promise<DuePayRun[]> {
  const groups = (await listPayGroups(db)).filter((group) => group.tutors > 0);
  const parties: { who: PayWho; name: string; calendar: PayCalendar; members: ReturnType<typeof sql> }[] = groups.map(
    (group) => ({
      who: { kind: 'group', groupId: group.id },
      name: group.name,
      calendar: group,
      members: sql`t.pay_group_id = ${group.id}::uuid`,
    }),
  );
  if (groups.length === 0) parties.push({ who: { kind: 'all' }, name: 'Everybody', calendar: MONTHLY, members: sql`true` });
  else parties.push({ who: { kind: 'rest' }, name: 'In no pay group', calendar: MONTHLY, members: sql`t.pay_group_id IS NULL` });
  const found: DuePayRun[] = [];
  for (const { who, name, calendar, members } of parties) {
    for (const period of recentPayPeriods(calendar, today, LOOK_BACK).reverse()) {
      const { rows } = await sql<{ tutors: number; waiting: number; paid: boolean }>`
        SELECT count(*)::int AS tutors, coalesce(bool_and(${paidFor(period, sql`t.id`)}), true) AS paid,
          coalesce(sum((SELECT count(*) FROM pay_item i WHERE i.run_id IS NULL AND i.tutor_id = t.id
            AND i.local_date >= ${period.from}::date AND i.local_date < ${period.to}::date)), 0)::int AS waiting
        FROM tutor t WHERE ${members}`.execute(db);
      const { tutors, waiting, paid } = rows[0] ?? { tutors: 0, waiting: 0, paid: true };
      const running = period.to > today;
      if (tutors === 0 || (!running && (paid || waiting === 0))) continue;
      found.push({ ...period, who: payWhoText(who), name, calendar: calendar.calendar, tutors, waiting, due: !running, running });
    }
  }
  return found;
}
