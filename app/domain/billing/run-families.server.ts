import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Period, RunFamily, RunLine } from './invoice-run.ts';
import { closed, covered, held, inScope, unclaimedLines } from './run-scope.server.ts';
import type { RunScope } from './run-scope.ts';
import { shortPercent, totalsOf } from './tax.ts';

type ClaimableRow = RunLine & Pick<RunFamily, 'clientId' | 'clientRef' | 'clientName' | 'clientEmail' | 'clientAddress'>;

/**
 * Charges that no run has claimed: of the period, and of days before it that a run has covered already (late ones).
 * What has such a day and is unclaimed was settled after that run: it would be on it otherwise.
 */
export async function listRunFamilies(db: Kysely<DB>, { from, to }: Period, scope: RunScope): Promise<RunFamily[]> {
  const { rows } = await sql<ClaimableRow>`
    SELECT line.charge_id, line.kind, line.ref, line.session_id, line.attendance_id, line.about_charge_id,
      coalesce(st.ref, '') AS student_ref, coalesce(trim(st.first_name || ' ' || st.last_name), '') AS student_name,
      line.local_date, line.description, line.minutes, line.net, line.tax_percent, line.reason, line.late,
      cl.id AS client_id, cl.ref AS client_ref, cl.name AS client_name, cl.email AS client_email, cl.address AS client_address
    FROM (
      SELECT k.*, ${covered} AS late FROM ${unclaimedLines} k
      WHERE k.local_date < ${to}::date AND ${inScope(scope)} AND NOT ${held} AND NOT ${closed({ from, to })}
    ) line
    JOIN client cl ON cl.id = line.client_id
    LEFT JOIN student st ON st.id = line.student_id
    WHERE line.local_date >= ${from}::date OR line.late
    ORDER BY cl.ref COLLATE "C", line.local_date, line.ref COLLATE "C", coalesce(st.ref, '') COLLATE "C",
      line.kind IN ('discount', 'write_off'), line.charge_id`.execute(db);
  const families = new Map<string, RunFamily>();
  for (const { clientId, clientRef, clientName, clientEmail, clientAddress, ...line } of rows) {
    const family = families.get(clientId) ?? {
      ...{ clientId, clientRef, clientName, clientEmail, clientAddress },
      lines: [],
      ...totalsOf([]),
    };
    family.lines.push({ ...line, taxPercent: shortPercent(line.taxPercent) });
    families.set(clientId, family);
  }
  return [...families.values()].map((family) => ({ ...family, ...totalsOf(family.lines) }));
}
