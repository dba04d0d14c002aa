import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { PeopleOf } from './people-of.server.ts';

/** Why somebody can't be erased yet, as sentences; empty: they can. What is planned needs them, what is owed is theirs. */
export async function listWhatStandsInTheWay(db: Kysely<DB>, people: PeopleOf): Promise<string[]> {
  const { clientIds, studentIds, tutorIds } = people;
  const { rows } = await sql<{
    planned: number;
    offers: number;
    unbilled: number;
    unpaid: number;
    makeUps: number;
    open: boolean;
  }>`
    SELECT
      (SELECT count(*)::int FROM session s WHERE s.status IN ('requested', 'scheduled') AND (s.tutor_id = ANY(${tutorIds}::uuid[])
        OR EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.outcome = 'planned' AND a.student_id = ANY(${studentIds}::uuid[])))
      ) AS planned,
      (SELECT count(*)::int FROM offer o JOIN request r ON r.id = o.request_id WHERE o.status = 'open' AND (r.student_id = ANY(${studentIds}::uuid[])
        OR EXISTS (SELECT 1 FROM offer_tutor t WHERE t.offer_id = o.id AND t.status IN ('waiting', 'sent') AND t.tutor_id = ANY(${tutorIds}::uuid[])))
      ) AS offers,
      (SELECT count(*)::int FROM charge c LEFT JOIN attendance a ON a.id = c.attendance_id WHERE c.run_id IS NULL AND c.reversed_at IS NULL
        AND (c.client_id = ANY(${clientIds}::uuid[]) OR a.student_id = ANY(${studentIds}::uuid[]))) AS unbilled,
      (SELECT count(*)::int FROM pay_item WHERE tutor_id = ANY(${tutorIds}::uuid[]) AND run_id IS NULL) AS unpaid,
      (SELECT count(*)::int FROM make_up WHERE student_id = ANY(${studentIds}::uuid[]) AND state = 'open') AS make_ups,
      EXISTS (SELECT 1 FROM account WHERE client_id = ANY(${clientIds}::uuid[]) AND kind IN ('asset', 'liability') AND balance <> 0) AS open
  `.execute(db);
  const [found] = rows;
  if (!found) throw new Error('a select without a table gave no row');
  const several = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);
  return [
    ...(found.planned > 0 ? [`${several(found.planned, 'session is', 'sessions are')} planned or not closed out yet.`] : []),
    ...(found.offers > 0 ? [`${several(found.offers, 'offer is', 'offers are')} out: withdraw first.`] : []),
    ...(found.unbilled > 0 ? [`${several(found.unbilled, 'charge is', 'charges are')} on no invoice yet.`] : []),
    ...(found.unpaid > 0 ? [`${several(found.unpaid, 'line of pay is', 'lines of pay are')} in no pay run yet.`] : []),
    ...(found.makeUps > 0
      ? [`${several(found.makeUps, 'missed lesson is', 'missed lessons are')} still to be made up for or charged.`]
      : []),
    ...(found.open ? ['Their account is not settled: an invoice is unpaid, or credits are left.'] : []),
  ];
}
