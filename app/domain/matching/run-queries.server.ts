import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type PickDetail, type RunProgress, type RunStatus, readProgress } from './matching-run.ts';

export interface RunView {
  id: string;
  status: RunStatus;
  progress: RunProgress;
  error: string | null;
  createdAt: Date;
  createdByName: string | null;
  finishedAt: Date | null;
  /** The last sign of life. */
  seenAt: Date;
}

/** Newest first; the one named alone. */
export async function listMatchingRuns(
  db: Kysely<DB>,
  { id, limit = 10 }: { id?: string; limit?: number } = {},
): Promise<RunView[]> {
  const { rows } = await sql<Omit<RunView, 'progress'> & { progress: unknown }>`
    SELECT r.id, r.status, r.progress, r.error, r.created_at, r.finished_at, coalesce(nullif(u.name, ''), u.email) AS created_by_name,
      coalesce(r.heartbeat_at, r.created_at) AS seen_at
    FROM matching_run r LEFT JOIN users u ON u.id = r.created_by
    WHERE ${id ? sql`r.id = ${id}::uuid` : sql`true`}
    ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, progress: readProgress(row.progress) }));
}

export interface OpenCounts {
  /** Those that a run would match, those a tutor is being asked for, and those that lack a student or a subject. */
  open: number;
  offered: number;
  incomplete: number;
}

export async function countOpenRequests(db: Kysely<DB>): Promise<OpenCounts> {
  const { rows } = await sql<OpenCounts>`
    SELECT count(*) FILTER (WHERE complete AND NOT offered)::int AS open, count(*) FILTER (WHERE offered)::int AS offered,
      count(*) FILTER (WHERE NOT complete AND NOT offered)::int AS incomplete
    FROM (
      SELECT r.student_id IS NOT NULL AND r.subject_id IS NOT NULL AS complete,
        EXISTS (SELECT 1 FROM offer o WHERE o.request_id = r.id AND o.status = 'open') AS offered
      FROM request r JOIN request_stage s ON s.id = r.stage_id
      WHERE r.closed_at IS NULL AND s.kind IN ('new', 'working', 'offered')) AS open_request`.execute(db);
  return rows[0] as OpenCounts;
}

export const PICK_SHOWS = ['proposed', 'nobody', 'offered', 'dropped'] as const;
export type PickShow = (typeof PICK_SHOWS)[number];
export const PICKS_A_PAGE = 50;

export interface PickView {
  requestId: string;
  requestRef: string;
  studentName: string;
  subjectName: string;
  urgency: 'low' | 'normal' | 'high';
  tutorId: string | null;
  tutorName: string | null;
  score: number | null;
  detail: Omit<PickDetail, 'alternatives'> & { alternatives: (PickDetail['alternatives'][number] & { tutorName: string })[] };
  /** What a person says of the pair. */
  wish: 'veto' | 'pin' | null;
  /** It is closed, or a tutor is being asked: nothing to propose any more. */
  over: 'closed' | 'offered' | null;
}

const shown: Record<PickShow, ReturnType<typeof sql>> = {
  proposed: sql`p.state = 'proposed' AND p.tutor_id IS NOT NULL`,
  nobody: sql`p.tutor_id IS NULL`,
  offered: sql`p.state = 'accepted'`,
  dropped: sql`p.state = 'dropped'`,
};

export async function countPicks(db: Kysely<DB>, runId: string): Promise<Record<PickShow, number>> {
  const { rows } = await sql<Record<PickShow, number>>`
    SELECT ${sql.join(PICK_SHOWS.map((show) => sql`count(*) FILTER (WHERE ${shown[show]})::int AS ${sql.id(show)}`))}
    FROM matching_pick p WHERE p.run_id = ${runId}::uuid`.execute(db);
  return rows[0] as Record<PickShow, number>;
}

/** The most urgent first, then by name. */
export async function listPicks(
  db: Kysely<DB>,
  { runId, show, page }: { runId: string; show: PickShow; page: number },
): Promise<PickView[]> {
  const { rows } = await sql<Omit<PickView, 'detail'> & { detail: PickDetail }>`
    SELECT p.request_id, r.ref AS request_ref, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name,
      sub.name AS subject_name, r.urgency, p.tutor_id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name,
      p.score, p.detail, w.kind AS wish,
      CASE WHEN r.closed_at IS NOT NULL THEN 'closed'
           WHEN EXISTS (SELECT 1 FROM offer o WHERE o.request_id = r.id AND o.status = 'open') THEN 'offered' END AS over
    FROM matching_pick p JOIN request r ON r.id = p.request_id
    LEFT JOIN student st ON st.id = r.student_id LEFT JOIN subject sub ON sub.id = r.subject_id
    LEFT JOIN tutor t ON t.id = p.tutor_id
    LEFT JOIN matching_wish w ON w.request_id = p.request_id AND w.tutor_id = p.tutor_id
    WHERE p.run_id = ${runId}::uuid AND ${shown[show]}
    ORDER BY array_position(ARRAY['high', 'normal', 'low'], r.urgency), concat_ws(' ', st.first_name, st.last_name) COLLATE "und-x-icu", p.request_id
    LIMIT ${PICKS_A_PAGE} OFFSET ${(page - 1) * PICKS_A_PAGE}`.execute(db);
  const names = await tutorNames(db, [
    ...new Set(rows.flatMap(({ detail }) => detail.alternatives.map(({ tutorId }) => tutorId))),
  ]);
  return rows.map((row) => ({
    ...row,
    detail: {
      ...row.detail,
      alternatives: row.detail.alternatives.flatMap((one) => {
        const tutorName = names.get(one.tutorId);
        return tutorName === undefined ? [] : [{ ...one, tutorName }];
      }),
    },
  }));
}

async function tutorNames(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, concat_ws(' ', first_name, nullif(last_name, '')) AS name FROM tutor WHERE id = ANY(${[...ids]}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface WishView {
  requestId: string;
  tutorId: string;
  kind: 'veto' | 'pin';
  studentName: string;
  subjectName: string;
  tutorName: string;
}

/** What was said of pairs whose request is still open. */
export async function listWishes(db: Kysely<DB>, limit = 200): Promise<WishView[]> {
  const { rows } = await sql<WishView>`
    SELECT w.request_id, w.tutor_id, w.kind, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name,
      coalesce(sub.name, '') AS subject_name, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name
    FROM matching_wish w JOIN request r ON r.id = w.request_id JOIN tutor t ON t.id = w.tutor_id
    LEFT JOIN student st ON st.id = r.student_id LEFT JOIN subject sub ON sub.id = r.subject_id
    WHERE r.closed_at IS NULL ORDER BY w.created_at DESC, w.request_id, w.tutor_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** What has come in since, that a new run would look at: wishes of a person, and requests. */
export async function countSince(db: Kysely<DB>, since: Date): Promise<{ wishes: number; requests: number }> {
  const { rows } = await sql<{ wishes: number; requests: number }>`
    SELECT (SELECT count(*) FROM matching_wish WHERE created_at > ${since})::int AS wishes,
      (SELECT count(*) FROM request WHERE created_at > ${since} AND closed_at IS NULL)::int AS requests`.execute(db);
  return rows[0] as { wishes: number; requests: number };
}

/** Those that a run proposes and that nobody is asked for yet. */
export async function listProposedRequests(db: Kysely<DB>, runId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ requestId: string }>`
    SELECT p.request_id FROM matching_pick p JOIN request r ON r.id = p.request_id
    WHERE p.run_id = ${runId}::uuid AND ${shown.proposed} AND r.closed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.request_id = r.id AND o.status = 'open')
    ORDER BY p.request_id LIMIT ${limit}`.execute(db);
  return rows.map(({ requestId }) => requestId);
}
