import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { type RuleLayers, schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import type { DB } from '#db/types.ts';
import { type IdleState, idleSince, idleState } from './idle.ts';

export interface EngagementRow {
  id: string;
  tutorId: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  clientId: string;
  clientName: string;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  whoMaySchedule: string | null;
  hoursPerWeek: string | null;
  defaultMinutes: number | null;
  startsOn: string;
  endsOn: string | null;
  notes: string;
  chasedAt: Date | null;
  officeToldAt: Date | null;
  version: number;
  createdAt: Date;
  /** Of its planned and held sessions in this ISO week and the next, in the organisation's days. */
  minutesThisWeek: number;
  minutesNextWeek: number;
  nextStartsAt: Date | null;
  nextSessionId: string | null;
  lastEndsAt: Date | null;
  layers: RuleLayers;
  /** Its last day has passed. */
  ended: boolean;
  idle: IdleState;
  /** Since when nothing is planned. */
  idleSince: Date | null;
}

export interface EngagementFilter {
  ids?: readonly string[];
  tutorId?: string | undefined;
  studentIds?: readonly string[] | undefined;
  programId?: string | undefined;
  /** Not ended by today, or ended; both if absent. */
  open?: boolean | undefined;
  /** In a name, a subject or a program. */
  text?: string | undefined;
  limit?: number;
  offset?: number;
}

type Raw = Omit<EngagementRow, 'layers' | 'ended' | 'idle' | 'idleSince'> & {
  organisation: unknown;
  programOverrides: unknown;
  tutorOverrides: unknown;
  firstDay: Date;
};

/** The sessions of an engagement `e`: booked for it, or of its pair, program and subject on its days. */
export const OF_ENGAGEMENT = sql`(s.engagement_id = e.id OR (s.engagement_id IS NULL AND s.tutor_id = e.tutor_id
  AND s.program_id = e.program_id AND s.subject_id = e.subject_id AND s.local_date >= e.starts_on
  AND (e.ends_on IS NULL OR s.local_date <= e.ends_on)))`;

const tables = sql`FROM engagement e JOIN tutor t ON t.id = e.tutor_id JOIN student st ON st.id = e.student_id
  JOIN client c ON c.id = st.client_id JOIN program p ON p.id = e.program_id JOIN subject sub ON sub.id = e.subject_id
  CROSS JOIN organisation o`;

const active = sql`t.archived_at IS NULL AND t.status <> 'left' AND st.archived_at IS NULL`;

function conditions(filter: EngagementFilter, today: RawBuilder<unknown>): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.ids) all.push(sql`e.id = ANY(${[...filter.ids]}::uuid[])`);
  if (filter.tutorId) all.push(sql`e.tutor_id = ${filter.tutorId}`);
  if (filter.studentIds) all.push(sql`e.student_id = ANY(${[...filter.studentIds]}::uuid[])`);
  if (filter.programId) all.push(sql`e.program_id = ${filter.programId}`);
  if (filter.open !== undefined) {
    const open = sql`(e.ends_on IS NULL OR e.ends_on >= ${today}) AND ${active}`;
    all.push(filter.open ? open : sql`NOT (${open})`);
  }
  for (const word of (filter.text ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(
      sql`unaccent(concat_ws(' ', t.first_name, t.last_name, st.first_name, st.last_name, c.name, p.name, sub.name)) ILIKE unaccent(${pattern})`,
    );
  }
  return sql.join(all, sql` AND `);
}

/** Engagements by student and tutor, with what is booked of them. @param now decides what is past, and the weeks */
export async function listEngagements(db: Kysely<DB>, now: Date, filter: EngagementFilter): Promise<EngagementRow[]> {
  const today = sql`(${now}::timestamptz AT TIME ZONE o.timezone)::date`;
  const monday = sql`date_trunc('week', ${now}::timestamptz AT TIME ZONE o.timezone)::date`;
  const { rows } = await sql<Raw & { today: string }>`
    SELECT e.id, e.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, e.student_id,
           concat_ws(' ', st.first_name, st.last_name) AS student_name, st.client_id, c.name AS client_name,
           e.program_id, p.name AS program_name, e.subject_id, sub.name AS subject_name, e.who_may_schedule,
           e.hours_per_week, e.default_minutes, e.starts_on, e.ends_on, e.notes, e.chased_at, e.office_told_at, e.version,
           e.created_at, greatest(e.created_at, e.starts_on::timestamp AT TIME ZONE o.timezone) AS first_day,
           coalesce(b.this_week, 0)::int AS minutes_this_week, coalesce(b.next_week, 0)::int AS minutes_next_week,
           b.last_ends_at, n.starts_at AS next_starts_at, n.id AS next_session_id, ${today} AS today,
           o.scheduling AS organisation, p.scheduling_overrides AS program_overrides, t.scheduling_overrides AS tutor_overrides
    ${tables}
    LEFT JOIN LATERAL (
      SELECT sum(s.duration_minutes) FILTER (WHERE s.local_date >= ${monday} AND s.local_date < ${monday} + 7) AS this_week,
             sum(s.duration_minutes) FILTER (WHERE s.local_date >= ${monday} + 7 AND s.local_date < ${monday} + 14) AS next_week,
             max(s.ends_at) FILTER (WHERE s.ends_at <= ${now}) AS last_ends_at
      FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE a.student_id = e.student_id AND a.outcome NOT IN ('cancelled', 'late_cancel')
        AND s.status NOT IN ('declined', 'rescheduled', 'requested') AND ${OF_ENGAGEMENT}
    ) b ON true
    LEFT JOIN LATERAL (
      SELECT s.id, s.starts_at FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE a.student_id = e.student_id AND a.outcome = 'planned' AND s.status = 'scheduled' AND s.ends_at > ${now} AND ${OF_ENGAGEMENT}
      ORDER BY s.starts_at LIMIT 1
    ) n ON true
    WHERE ${conditions(filter, today)}
    ORDER BY concat_ws(' ', st.first_name, st.last_name) COLLATE "und-x-icu", t.first_name COLLATE "und-x-icu", e.starts_on, e.id
    LIMIT ${filter.limit ?? 200} OFFSET ${filter.offset ?? 0}`.execute(db);
  return rows.map(({ organisation, programOverrides, tutorOverrides, firstDay, today: day, ...row }) => {
    const layers = { organisation, program: programOverrides, tutor: tutorOverrides, whoMaySchedule: row.whoMaySchedule };
    const facts = { since: firstDay, lastEndsAt: row.lastEndsAt, nextStartsAt: row.nextStartsAt };
    const ended = row.endsOn !== null && row.endsOn < day;
    const asleep = ended || row.startsOn > day;
    return {
      ...row,
      layers,
      ended,
      idle: asleep ? 'busy' : idleState(facts, schedulingRulesFor(layers).engagementIdleHours, now),
      idleSince: asleep ? null : idleSince(facts),
    };
  });
}

export async function countEngagements(db: Kysely<DB>, now: Date, filter: EngagementFilter): Promise<number> {
  const today = sql`(${now}::timestamptz AT TIME ZONE o.timezone)::date`;
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count ${tables} WHERE ${conditions(filter, today)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** @throws DomainError not_found */
export async function getEngagement(db: Kysely<DB>, now: Date, id: string): Promise<EngagementRow> {
  const [engagement] = await listEngagements(db, now, { ids: [id] });
  if (!engagement) throw new DomainError('not_found', 'This engagement is not there.');
  return engagement;
}

/** Open engagements of which nothing is planned, for longer than their rules let it be. */
export async function listIdleEngagements(db: Kysely<DB>, now: Date): Promise<EngagementRow[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT e.id ${tables}
    WHERE ${active} AND e.starts_on <= (${now}::timestamptz AT TIME ZONE o.timezone)::date
      AND (e.ends_on IS NULL OR e.ends_on >= (${now}::timestamptz AT TIME ZONE o.timezone)::date)
      AND NOT EXISTS (
        SELECT 1 FROM attendance a JOIN session s ON s.id = a.session_id
        WHERE a.student_id = e.student_id AND a.outcome = 'planned' AND s.status = 'scheduled' AND s.ends_at > ${now} AND ${OF_ENGAGEMENT})`.execute(
    db,
  );
  if (rows.length === 0) return [];
  const all = await listEngagements(db, now, { ids: rows.map((row) => row.id), limit: rows.length });
  return all.filter((row) => row.idle === 'chase_tutor' || row.idle === 'tell_office');
}
