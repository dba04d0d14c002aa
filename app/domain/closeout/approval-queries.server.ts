import { type Kysely, sql } from 'kysely';
import { listSessions, type SessionRow, sessionConditions, sessionTables } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type Deviation, deviationsOf, urgencyOf } from './deviations.ts';
import { listEvidence } from './list-evidence.server.ts';
import { listMilesSuggested } from './suggest-miles.server.ts';

export interface ApprovalRow extends SessionRow {
  /** Of the close-out as it is shown: approving one that was written anew since is refused. */
  version: number;
  actualStartsAt: Date;
  actualMinutes: number;
  miles: string | null;
  notes: string;
  homework: string;
  privateNote: string;
  submittedAt: Date;
  /** Why it is worth a look, the weightiest first; none: as planned. */
  deviations: Deviation[];
}

export interface ApprovalFilter {
  tutorId?: string | undefined;
  programId?: string | undefined;
  /** In a reference, title, subject, program, or a name. */
  text?: string | undefined;
  /** Only those that deviate, or only those as planned. */
  show?: 'differing' | 'planned' | undefined;
  /** From 1. */
  page?: number | undefined;
}

export interface ApprovalPage {
  rows: ApprovalRow[];
  /** Of all that the filter means but for `show`. */
  differing: number;
  planned: number;
  page: number;
  pages: number;
}

/** What is weighed at once: beyond that, the oldest come first and the others follow when those are done. */
const WEIGHED = 1000;
const PAGE_SIZE = 50;

interface Waiting extends Omit<ApprovalRow, keyof SessionRow | 'deviations'> {
  sessionId: string;
  startsAt: Date;
  durationMinutes: number;
  paidMinutes: number | null;
  sentBackReason: string | null;
  places: { attendanceId: string; name: string; outcome: string }[];
}

/** Close-outs that wait for approval, where the policy asks for it: what deviates most stands first, of equal ones the oldest. */
export async function listToApprove(
  db: Kysely<DB>,
  organisationZone: string,
  filter: ApprovalFilter = {},
): Promise<ApprovalPage> {
  const { rows: waiting } = await sql<Waiting>`
    SELECT co.session_id, s.starts_at, s.duration_minutes, co.version, co.actual_starts_at, co.actual_minutes, co.paid_minutes,
           co.miles, co.notes, co.homework, co.private_note, co.submitted_at,
           (SELECT l.reason FROM audit_log l WHERE l.session_id = s.id AND l.action = 'closeout.send_back'
            ORDER BY l.id DESC LIMIT 1) AS sent_back_reason,
           (SELECT coalesce(json_agg(json_build_object('attendanceId', a.id, 'outcome', a.outcome,
                     'name', concat_ws(' ', st.first_name, st.last_name)) ORDER BY st.ref COLLATE "C"), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS places
    ${TO_APPROVE}
      AND ${sessionConditions({ tutorId: filter.tutorId, programId: filter.programId, text: filter.text })}
    ORDER BY co.submitted_at, s.id LIMIT ${WEIGHED}`.execute(db);
  const [evidence, miles] = await Promise.all([
    listEvidence(
      db,
      waiting.map((row) => row.sessionId),
    ),
    listMilesSuggested(
      db,
      waiting.filter((row) => row.miles !== null).map((row) => row.sessionId),
      organisationZone,
    ),
  ]);
  const weighed = waiting
    .map(({ privateNote, ...row }) => {
      const deviations = deviationsOf({
        ...row,
        hasPrivateNote: privateNote !== '',
        milesProposed: miles.get(row.sessionId),
        evidence: evidence.get(row.sessionId),
      });
      return { ...row, privateNote, deviations, urgency: urgencyOf(deviations) };
    })
    .sort((a, b) => b.urgency - a.urgency);
  const differing = weighed.filter((row) => row.deviations.length > 0);
  const planned = weighed.filter((row) => row.deviations.length === 0);
  const shown = filter.show === 'differing' ? differing : filter.show === 'planned' ? planned : weighed;
  const pages = Math.max(1, Math.ceil(shown.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, filter.page ?? 1), pages);
  const ofPage = shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return { rows: await withSessions(db, ofPage), differing: differing.length, planned: planned.length, page, pages };
}

// What is approved, or needs no approval, is settled.
const TO_APPROVE = sql`${sessionTables} JOIN close_out co ON co.session_id = s.id
  JOIN policy_version pv ON pv.id = s.policy_version_id
  WHERE co.status = 'submitted' AND pv.rules->>'completion' = 'approval'
    AND s.settled_at IS NULL AND s.status IN ('closed_out', 'no_show', 'tutor_no_show')`;

export async function countToApprove(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count ${TO_APPROVE}`.execute(db);
  return rows[0]?.count ?? 0;
}

type Weighed = Waiting & { deviations: Deviation[] };

async function withSessions(db: Kysely<DB>, rows: readonly Weighed[]): Promise<ApprovalRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.sessionId);
  const sessions = new Map((await listSessions(db, { ids, limit: ids.length })).map((session) => [session.id, session]));
  return rows.flatMap((row): ApprovalRow[] => {
    const session = sessions.get(row.sessionId);
    if (!session) return [];
    const { version, actualStartsAt, actualMinutes, miles, notes, homework, privateNote, submittedAt, deviations } = row;
    return [{ ...session, version, actualStartsAt, actualMinutes, miles, notes, homework, privateNote, submittedAt, deviations }];
  });
}
