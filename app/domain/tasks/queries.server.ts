import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { findRule } from './raise-task.server.ts';
import { TASK_EVENT_NAMES, type TaskEventName, type TaskKind } from './task-events.ts';

export interface TaskRow {
  id: string;
  title: string;
  body: string;
  dueOn: string | null;
  /** Its day has passed where the company is. */
  overdue: boolean;
  /** Its day is today. */
  today: boolean;
  assigneeId: string | null;
  assigneeName: string | null;
  aboutKind: TaskKind | null;
  aboutId: string | null;
  aboutName: string | null;
  event: string | null;
  doneAt: Date | null;
  doneByName: string | null;
  version: number;
  createdAt: Date;
}

export interface TaskFilter {
  ids?: readonly string[];
  /** A user's id, or `none`: nobody's. */
  assignee?: string | null | undefined;
  done?: boolean | undefined;
  about?: { kind: TaskKind; id: string } | undefined;
  /** In its title, or in the name of whom it is about. */
  q?: string | undefined;
}

const aboutName = sql`coalesce(concat_ws(' ', t.first_name, nullif(t.last_name, '')), '') ||
  coalesce(c.name, '') || coalesce(concat_ws(' ', st.first_name, nullif(st.last_name, '')), '') ||
  coalesce(concat_ws(', ', concat_ws(' ', rs.first_name, nullif(rs.last_name, '')), rsub.name), '') || coalesce(s.ref, '')`;

const tables = sql`FROM task k LEFT JOIN users u ON u.id = k.assignee_id LEFT JOIN users d ON d.id = k.done_by
  LEFT JOIN tutor t ON t.id = k.tutor_id LEFT JOIN client c ON c.id = k.client_id LEFT JOIN student st ON st.id = k.student_id
  LEFT JOIN request r ON r.id = k.request_id LEFT JOIN student rs ON rs.id = r.student_id
  LEFT JOIN subject rsub ON rsub.id = r.subject_id LEFT JOIN session s ON s.id = k.session_id`;

const kindOf = sql`CASE WHEN k.tutor_id IS NOT NULL THEN 'tutor' WHEN k.client_id IS NOT NULL THEN 'client'
  WHEN k.student_id IS NOT NULL THEN 'student' WHEN k.request_id IS NOT NULL THEN 'request'
  WHEN k.session_id IS NOT NULL THEN 'session' END`;

const aboutId = sql`coalesce(k.tutor_id, k.client_id, k.student_id, k.request_id, k.session_id)`;

function conditions(filter: TaskFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.ids) all.push(sql`k.id = ANY(${[...filter.ids]}::uuid[])`);
  if (filter.assignee === 'none') all.push(sql`k.assignee_id IS NULL`);
  else if (filter.assignee) all.push(sql`k.assignee_id = ${filter.assignee}`);
  if (filter.done !== undefined) all.push(filter.done ? sql`k.done_at IS NOT NULL` : sql`k.done_at IS NULL`);
  if (filter.about) all.push(sql`${aboutId} = ${filter.about.id} AND ${kindOf} = ${filter.about.kind}`);
  for (const word of (filter.q ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql`fold(k.title || ' ' || ${aboutName}) LIKE fold(${pattern}::text)`);
  }
  return sql.join(all, sql` AND `);
}

/** Open ones by their day, those without one last; done ones by when they were. @param today in the company's zone */
export async function listTasks(
  db: Kysely<DB>,
  today: string,
  filter: TaskFilter,
  { limit = 50, offset = 0 } = {},
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    SELECT k.id, k.title, k.body, k.due_on, k.done_at IS NULL AND coalesce(k.due_on < ${today}::date, false) AS overdue,
           coalesce(k.due_on = ${today}::date, false) AS today, k.assignee_id, coalesce(nullif(u.name, ''), u.email) AS assignee_name,
           ${kindOf} AS about_kind, ${aboutId} AS about_id, nullif(${aboutName}, '') AS about_name, k.event, k.done_at,
           coalesce(nullif(d.name, ''), d.email) AS done_by_name, k.version, k.created_at
    ${tables} WHERE ${conditions(filter)}
    ORDER BY k.done_at DESC NULLS FIRST, k.due_on NULLS LAST, k.created_at, k.id LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return rows;
}

export async function countTasks(db: Kysely<DB>, filter: TaskFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count ${tables} WHERE ${conditions(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Those of a person and nobody's, for the day's page: how many are due by today, and how many of them late. */
export async function countDueTasks(db: Kysely<DB>, today: string, userId: string): Promise<{ due: number; overdue: number }> {
  const { rows } = await sql<{ due: number; overdue: number }>`
    SELECT count(*)::int AS due, (count(*) FILTER (WHERE due_on < ${today}::date))::int AS overdue FROM task
    WHERE done_at IS NULL AND due_on <= ${today}::date AND (assignee_id = ${userId} OR assignee_id IS NULL)`.execute(db);
  return rows[0] ?? { due: 0, overdue: 0 };
}

/** @throws DomainError not_found */
export async function getTask(db: Kysely<DB>, today: string, id: string): Promise<TaskRow> {
  const [task] = await listTasks(db, today, { ids: [id] });
  if (!task) throw new DomainError('not_found', 'This task is not there.');
  return task;
}

/** The rule of every event, as set or as it comes. */
export async function listTaskRules(db: Kysely<DB>) {
  return Promise.all(
    TASK_EVENT_NAMES.map(async (event: TaskEventName) => {
      const { enabled, title, dueInDays, assigneeId, version } = await findRule(db, event);
      return { event, enabled, title, dueInDays, assigneeId, version };
    }),
  );
}
