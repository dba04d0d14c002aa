import { type Kysely, sql } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { PayLine } from './pay-run.ts';

export interface PayRunView {
  id: string;
  periodFrom: string;
  periodTo: string;
  status: 'approved' | 'exported' | 'paid' | 'void';
  offCycle: boolean;
  /** The pay group's; null: of everybody, of who is in none, or off the calendar. */
  payGroupName: string | null;
  /** Everybody. */
  ofAll: boolean;
  exportName: string | null;
  paidOn: string | null;
  sentAt: Date | null;
  approvedAt: Date;
  approvedByName: string | null;
  exportedAt: Date | null;
  exportHash: string | null;
  voidedAt: Date | null;
  voidReason: string;
  tutors: number;
  lines: number;
  total: bigint;
}

const select = sql`
  SELECT r.id, r.period_from, r.period_to, r.status, r.off_cycle, g.name AS pay_group_name, r.tutor_ids IS NULL AS of_all,
    r.export_name, r.paid_on, r.sent_at, r.approved_at, r.exported_at, r.export_hash, r.voided_at, r.void_reason,
    nullif(u.name, '') AS approved_by_name, i.tutors, i.lines, i.total
  FROM pay_run r
  LEFT JOIN users u ON u.id = r.approved_by
  LEFT JOIN pay_group g ON g.id = r.pay_group_id
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT tutor_id)::int AS tutors, count(*)::int AS lines, coalesce(sum(amount), 0)::bigint AS total
    FROM pay_item WHERE run_id = r.id) i`;

/** Newest first. */
export async function listPayRuns(db: Kysely<DB>, limit = 50): Promise<PayRunView[]> {
  const { rows } = await sql<PayRunView>`${select} ORDER BY r.approved_at DESC, r.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export async function getPayRun(db: Kysely<DB>, id: string): Promise<PayRunView> {
  const { rows } = await sql<PayRunView>`${select} WHERE r.id = ${id}::uuid`.execute(db);
  if (!rows[0]) throw new DomainError('not_found', 'This pay run is not there.');
  return rows[0];
}

export interface PaidLine extends PayLine {
  tutorId: string;
  tutorRef: string;
  tutorName: string;
  /** What the session was about and with whom, for a person; empty for an adjustment. */
  about: string;
  /** What corrections of this line add up to by now. */
  corrected: bigint;
  correctsId: string | null;
}

/** What a session was about and with whom. */
const about = sql`concat_ws(', ', coalesce(nullif(s.title, ''), (SELECT name FROM subject WHERE id = s.subject_id)),
      (SELECT string_agg(trim(st.first_name || ' ' || st.last_name), ', ' ORDER BY st.ref COLLATE "C")
       FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id))`;

const line = sql`
  SELECT i.id AS item_id, i.kind, CASE WHEN i.kind IN ('session', 'mileage') THEN s.ref ELSE '' END AS ref, i.session_id, i.local_date,
    i.minutes, i.amount, i.note, i.late, i.reason, i.corrects_id, t.id AS tutor_id, t.ref AS tutor_ref,
    trim(t.first_name || ' ' || t.last_name) AS tutor_name,
    ${about} AS about,
    coalesce((SELECT sum(k.amount) FROM pay_item k WHERE k.corrects_id = i.id), 0)::bigint AS corrected
  FROM pay_item i JOIN tutor t ON t.id = i.tutor_id LEFT JOIN session s ON s.id = i.session_id`;
const order = sql`ORDER BY t.ref COLLATE "C", i.local_date, s.ref COLLATE "C", i.kind, i.id`;

/** The lines of a run, by tutor and day; of one tutor where given. */
export async function listPayLines(db: Kysely<DB>, runId: string, tutorId?: string): Promise<PaidLine[]> {
  const { rows } = await sql<PaidLine>`${line} WHERE i.run_id = ${runId}::uuid
    AND (${tutorId ?? null}::uuid IS NULL OR i.tutor_id = ${tutorId ?? null}::uuid) ${order}`.execute(db);
  return rows;
}

/** The runs of exactly this period that are not void, and their lines. */
export async function listPaid(db: Kysely<DB>, { from, to }: Period): Promise<PaidLine[]> {
  const { rows } = await sql<PaidLine>`${line} JOIN pay_run r ON r.id = i.run_id
    WHERE r.period_from = ${from}::date AND r.period_to = ${to}::date AND r.status <> 'void' ${order}`.execute(db);
  return rows;
}

/** What a tutor has earned that no run has paid yet, newest first. */
export async function listPending(db: Kysely<DB>, tutorId: string): Promise<PaidLine[]> {
  const { rows } = await sql<PaidLine>`${line} WHERE i.run_id IS NULL AND i.tutor_id = ${tutorId}::uuid
    ORDER BY i.local_date DESC, s.ref COLLATE "C", i.kind, i.id`.execute(db);
  return rows;
}

export interface StatementView {
  runId: string;
  periodFrom: string;
  periodTo: string;
  approvedAt: Date;
  exportedAt: Date | null;
  paidOn: string | null;
  lines: number;
  minutes: number;
  total: bigint;
}

/** A tutor's statements, one per run that is not void, newest first. */
export async function listStatements(db: Kysely<DB>, tutorId: string, limit = 60): Promise<StatementView[]> {
  const { rows } = await sql<StatementView>`
    SELECT r.id AS run_id, r.period_from, r.period_to, r.approved_at, r.exported_at, r.paid_on, count(*)::int AS lines,
      coalesce(sum(i.minutes) FILTER (WHERE i.kind IN ('session', 'work')), 0)::int AS minutes, sum(i.amount)::bigint AS total
    FROM pay_item i JOIN pay_run r ON r.id = i.run_id
    WHERE i.tutor_id = ${tutorId}::uuid AND r.status <> 'void'
    GROUP BY r.id ORDER BY r.period_from DESC, r.approved_at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Adjustments that no run has taken yet, newest first. */
export async function listOpenAdjustments(db: Kysely<DB>): Promise<PaidLine[]> {
  const { rows } = await sql<PaidLine>`${line} WHERE i.run_id IS NULL AND i.kind IN ('bonus', 'correction', 'expense')
    ORDER BY i.local_date DESC, i.id DESC`.execute(db);
  return rows;
}

/** What these sessions were about and with whom, by their ids. */
export async function listSessionsAbout(db: Kysely<DB>, sessionIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; about: string }>`
    SELECT s.id, ${about} AS about FROM session s WHERE s.id = ANY(${[...sessionIds]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.about]));
}
