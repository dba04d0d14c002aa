import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { customNarrowed } from '#app/domain/fields/custom-narrowing.server.ts';
import type { DB } from '#db/types.ts';
import type { RequestFilter, RequestShow } from './request-filter.ts';
import type { RequestSource, StageKind } from './request-kinds.ts';
import type { RequestTime } from './request-times.ts';

export interface RequestRow {
  id: string;
  ref: string;
  studentId: string | null;
  studentName: string;
  studentArchived: boolean;
  clientId: string | null;
  clientName: string;
  subjectId: string | null;
  subjectName: string | null;
  levelName: string | null;
  mode: 'online' | 'in_person' | null;
  placeName: string | null;
  location: string;
  sessionMinutes: number | null;
  sessionsPerWeek: number | null;
  startsOn: string | null;
  urgency: 'low' | 'normal' | 'high';
  source: RequestSource;
  stageId: string;
  stageName: string;
  stageKind: StageKind;
  stageSince: Date;
  /** It stands longer in its stage than that should take. */
  ageing: boolean;
  assigneeId: string | null;
  assigneeName: string | null;
  closedAt: Date | null;
  closedReason: string;
  createdAt: Date;
}

export interface RequestDetail extends RequestRow {
  programId: string | null;
  programName: string | null;
  levelId: string | null;
  placeId: string | null;
  zone: string;
  endsOn: string | null;
  wishGender: 'female' | 'male' | 'other' | null;
  wishLanguages: string[];
  wishTutorId: string | null;
  wishTutorName: string | null;
  wishes: string;
  createdBy: string | null;
  version: number;
  times: RequestTime[];
}

export interface ListedRequests extends Partial<RequestFilter> {
  show?: RequestShow | undefined;
  stageId?: string | undefined;
  studentIds?: readonly string[] | undefined;
  clientId?: string | undefined;
}

const columns = sql`r.id, r.ref, r.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name,
  coalesce(st.archived_at IS NOT NULL, false) AS student_archived, r.client_id, coalesce(c.name, '') AS client_name,
  r.subject_id, sub.name AS subject_name, l.name AS level_name, r.mode, p.name AS place_name, r.location, r.session_minutes,
  r.sessions_per_week, r.starts_on, r.urgency, r.source, r.stage_id, g.name AS stage_name, g.kind AS stage_kind, r.stage_since,
  r.assignee_id, coalesce(nullif(u.name, ''), u.email) AS assignee_name, r.closed_at, r.closed_reason, r.created_at`;

const tables = sql`FROM request r JOIN request_stage g ON g.id = r.stage_id LEFT JOIN student st ON st.id = r.student_id
  LEFT JOIN client c ON c.id = r.client_id LEFT JOIN subject sub ON sub.id = r.subject_id LEFT JOIN level l ON l.id = r.level_id
  LEFT JOIN place p ON p.id = r.place_id LEFT JOIN users u ON u.id = r.assignee_id`;

const isAgeing = (now: Date) =>
  sql`(r.closed_at IS NULL AND g.ageing_days IS NOT NULL AND r.stage_since < ${now}::timestamptz - make_interval(days => g.ageing_days))`;

/** Urgent first, then who stands longest. */
const byUrgency = sql`CASE r.urgency WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END, r.stage_since, r.id`;

function conditions(filter: ListedRequests, now: Date): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [customNarrowed('r', filter.custom)];
  if (filter.show === 'open') all.push(sql`r.closed_at IS NULL`);
  if (filter.show === 'won' || filter.show === 'lost') all.push(sql`g.kind = ${filter.show}`);
  if (filter.stageId) all.push(sql`r.stage_id = ${filter.stageId}`);
  if (filter.studentIds) all.push(sql`r.student_id = ANY(${[...filter.studentIds]}::uuid[])`);
  if (filter.clientId) all.push(sql`r.client_id = ${filter.clientId}`);
  if (filter.subjectId) all.push(sql`r.subject_id = ${filter.subjectId}`);
  if (filter.assignee === 'none') all.push(sql`r.assignee_id IS NULL`);
  else if (filter.assignee) all.push(sql`r.assignee_id = ${filter.assignee}`);
  if (filter.urgency) all.push(sql`r.urgency = ${filter.urgency}`);
  if (filter.mode) all.push(sql`r.mode = ${filter.mode}`);
  if (filter.ageing) all.push(isAgeing(now));
  for (const word of (filter.q ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql`fold(concat_ws(' ', st.first_name, st.last_name, c.name, sub.name, r.ref)) LIKE fold(${pattern}::text)`);
  }
  return sql.join(all, sql` AND `);
}

/** Open ones by urgency and age, closed ones by when they were. */
export async function listRequests(
  db: Kysely<DB>,
  now: Date,
  filter: ListedRequests,
  { limit = 50, offset = 0 } = {},
): Promise<RequestRow[]> {
  const order = filter.show === 'won' || filter.show === 'lost' ? sql`r.closed_at DESC NULLS LAST, r.id` : byUrgency;
  const { rows } = await sql<RequestRow>`
    SELECT ${columns}, ${isAgeing(now)} AS ageing ${tables} WHERE ${conditions(filter, now)}
    ORDER BY r.closed_at IS NOT NULL, ${order} LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return rows;
}

export async function countRequests(db: Kysely<DB>, now: Date, filter: ListedRequests): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count ${tables} WHERE ${conditions(filter, now)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The most that a column of the board shows; of what is closed the latest few. */
export const COLUMN_LIMIT = { open: 30, closed: 8 };

/** The cards of the board's columns, each column's first, and how many it holds in all. */
export async function listBoard(
  db: Kysely<DB>,
  now: Date,
  filter: RequestFilter,
): Promise<{ cards: RequestRow[]; counts: Map<string, number> }> {
  const where = conditions(filter, now);
  const [cards, counts] = await Promise.all([
    sql<RequestRow>`
      SELECT x.* FROM request_stage stage CROSS JOIN LATERAL (
        SELECT ${columns}, ${isAgeing(now)} AS ageing ${tables}
        WHERE r.stage_id = stage.id AND ${where}
        ORDER BY CASE WHEN stage.kind IN ('won', 'lost') THEN r.stage_since END DESC, ${byUrgency}
        LIMIT CASE WHEN stage.kind IN ('won', 'lost') THEN ${COLUMN_LIMIT.closed}::int ELSE ${COLUMN_LIMIT.open}::int END
      ) x ORDER BY stage.position, stage.id`.execute(db),
    sql<{ id: string; count: number }>`
      SELECT r.stage_id AS id, count(*)::int AS count ${tables} WHERE ${where} GROUP BY r.stage_id`.execute(db),
  ]);
  return { cards: cards.rows, counts: new Map(counts.rows.map((row) => [row.id, row.count])) };
}

/** @throws DomainError not_found */
export async function getRequest(db: Kysely<DB>, now: Date, id: string): Promise<RequestDetail> {
  const { rows } = await sql<RequestDetail>`
    SELECT ${columns}, ${isAgeing(now)} AS ageing, r.program_id, pr.name AS program_name, r.level_id, r.place_id,
           coalesce(r.zone, (SELECT timezone FROM organisation)) AS zone, r.ends_on, r.wish_gender, r.wish_languages,
           r.wish_tutor_id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS wish_tutor_name, r.wishes,
           coalesce(nullif(by.name, ''), by.email) AS created_by, r.version,
           coalesce((SELECT json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute,
             'wished', wished) ORDER BY weekday, start_minute) FROM request_time WHERE request_id = r.id), '[]') AS times
    ${tables} LEFT JOIN program pr ON pr.id = r.program_id LEFT JOIN tutor t ON t.id = r.wish_tutor_id
    LEFT JOIN users by ON by.id = r.created_by
    WHERE r.id = ${id}`.execute(db);
  const [request] = rows;
  if (!request) throw new DomainError('not_found', 'This request is not there.');
  return request;
}

/** How many are open, and how many of them stand too long: for the day's page. */
export async function countOpenRequests(db: Kysely<DB>, now: Date): Promise<{ new: number; ageing: number; open: number }> {
  const { rows } = await sql<{ new: number; ageing: number; open: number }>`
    SELECT count(*)::int AS open, (count(*) FILTER (WHERE g.kind = 'new'))::int AS new,
           (count(*) FILTER (WHERE ${isAgeing(now)}))::int AS ageing
    FROM request r JOIN request_stage g ON g.id = r.stage_id WHERE r.closed_at IS NULL`.execute(db);
  return rows[0] ?? { new: 0, ageing: 0, open: 0 };
}
