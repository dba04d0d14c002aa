import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { InvoiceRunPreview } from './invoice-run.ts';
import { type RunWarning, runWarnings } from './run-warnings.ts';
import { getMoneySettings } from './save-money-settings.server.ts';

export interface HeldFamily {
  clientId: string;
  clientName: string;
  reason: string;
  heldAt: Date;
  /** Net of what waits, minor units. */
  net: bigint;
}

/** What is worth a second look in this preview: four statements, however many families it has. */
export async function findRunWarnings(db: Kysely<DB>, preview: InvoiceRunPreview): Promise<RunWarning[]> {
  const ids = preview.families.map((family) => family.clientId);
  const [settings, usual, overdrawn] = await Promise.all([
    getMoneySettings(db),
    sql<{ clientId: string; usual: bigint }>`
      SELECT client_id, round(avg(total))::bigint AS usual FROM (
        SELECT client_id, total, row_number() OVER (PARTITION BY client_id ORDER BY number DESC) AS nth
        FROM invoice WHERE client_id = ANY(${ids}::uuid[]) AND total > 0
      ) recent
      WHERE nth <= 6 GROUP BY client_id HAVING count(*) >= 2`.execute(db),
    sql<{ clientId: string; clientName: string; credits: bigint }>`
      SELECT c.id AS client_id, c.name AS client_name, a.balance AS credits
      FROM account a JOIN client c ON c.id = a.client_id
      WHERE a.commodity = 'CREDIT' AND a.balance < 0 AND a.kind = 'asset' AND c.archived_at IS NULL
        AND (${preview.scope.clientIds}::uuid[] IS NULL OR c.id = ANY(${preview.scope.clientIds}::uuid[]))
      ORDER BY c.name, c.id`.execute(db),
  ]);
  return runWarnings(preview, {
    usual: new Map(usual.rows.map((row) => [row.clientId, row.usual])),
    unusualFactor: settings.unusual_factor,
    overdrawn: overdrawn.rows,
  });
}

/** Families that are held, the longest first. */
export async function listHeldFamilies(db: Kysely<DB>): Promise<HeldFamily[]> {
  const { rows } = await sql<HeldFamily>`
    SELECT c.id AS client_id, c.name AS client_name, h.reason, h.held_at,
      (SELECT coalesce(sum(net), 0)::bigint FROM charge WHERE client_id = c.id AND run_id IS NULL AND reversed_at IS NULL) AS net
    FROM invoice_hold h JOIN client c ON c.id = h.client_id
    WHERE h.released_at IS NULL ORDER BY h.held_at`.execute(db);
  return rows;
}

export interface MissingRate {
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  count: number;
  /** YYYY-MM-DD of the earliest. */
  first: string;
  students: string;
}

/** What the places without a rate are of: one rate mends all of a row. */
export async function listMissingRates(db: Kysely<DB>, attendanceIds: readonly string[]): Promise<MissingRate[]> {
  if (attendanceIds.length === 0) return [];
  const { rows } = await sql<MissingRate>`
    SELECT p.id AS program_id, p.name AS program_name, j.id AS subject_id, j.name AS subject_name, count(*)::int AS count,
      min(s.local_date)::text AS first, string_agg(DISTINCT trim(st.first_name || ' ' || st.last_name), ', ') AS students
    FROM attendance a JOIN session s ON s.id = a.session_id JOIN program p ON p.id = s.program_id
    JOIN subject j ON j.id = s.subject_id JOIN student st ON st.id = a.student_id
    WHERE a.id = ANY(${attendanceIds as string[]}::uuid[])
    GROUP BY p.id, j.id ORDER BY p.name, j.name, p.id, j.id`.execute(db);
  return rows;
}
