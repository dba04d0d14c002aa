import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface WorkKindView {
  id: string;
  name: string;
  /** Minor units; null: said when an entry is approved. */
  amountPerHour: bigint | null;
  archivedAt: Date | null;
  version: number;
  entries: number;
}

/** By name, what is archived last. */
export async function listWorkKinds(db: Kysely<DB>): Promise<WorkKindView[]> {
  const { rows } = await sql<WorkKindView>`
    SELECT k.id, k.name, k.amount_per_hour, k.archived_at, k.version,
      (SELECT count(*)::int FROM time_sheet_entry e WHERE e.work_kind_id = k.id) AS entries
    FROM work_kind k ORDER BY k.archived_at IS NOT NULL, k.name COLLATE "und-x-icu", k.id`.execute(db);
  return rows;
}

export interface TimeSheetEntryView {
  id: string;
  tutorId: string;
  tutorName: string;
  workKindId: string;
  kind: string;
  /** Of the kind as it is now; null: said at approval. */
  kindAmount: bigint | null;
  localDate: string;
  minutes: number;
  note: string;
  status: 'submitted' | 'approved' | 'sent_back';
  amountPerHour: bigint | null;
  /** What it is paid; null: not approved, or paid nothing. */
  amount: bigint | null;
  sentBackReason: string;
  /** The run that pays it. */
  runId: string | null;
  version: number;
}

/** Newest day first; of the office, what waits for approval is `submitted`. */
export async function listTimeSheets(
  db: Kysely<DB>,
  filter: { tutorId?: string; statuses?: readonly TimeSheetEntryView['status'][]; limit?: number },
): Promise<TimeSheetEntryView[]> {
  const { tutorId = null, statuses = ['submitted', 'approved', 'sent_back'], limit = 200 } = filter;
  const { rows } = await sql<TimeSheetEntryView>`
    SELECT e.id, e.tutor_id, trim(t.first_name || ' ' || t.last_name) AS tutor_name, e.work_kind_id, k.name AS kind,
      k.amount_per_hour AS kind_amount, e.local_date, e.minutes, e.note, e.status, e.amount_per_hour, i.amount, e.sent_back_reason, i.run_id,
      e.version
    FROM time_sheet_entry e JOIN tutor t ON t.id = e.tutor_id JOIN work_kind k ON k.id = e.work_kind_id
    LEFT JOIN pay_item i ON i.time_sheet_entry_id = e.id
    WHERE e.status = ANY(${[...statuses]}::text[]) AND (${tutorId}::uuid IS NULL OR e.tutor_id = ${tutorId}::uuid)
    ORDER BY e.local_date DESC, t.ref COLLATE "C", e.id LIMIT ${limit}`.execute(db);
  return rows;
}
