import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Rate } from './pricing.ts';
import { factsOf, type LoadedSession } from './session-facts.server.ts';
import { quoteFee, quotePay, settle } from './settlement.ts';

export interface RateEffect {
  sessionId: string;
  ref: string;
  localDate: string;
  tutorName: string;
  /** planned: not settled yet, so by what it would come to; settled: on no invoice, or in no pay run yet. */
  state: 'planned' | 'settled';
  /** What its families are charged and its tutor is paid by the new rates less what it is now, minor units net. */
  charge: bigint;
  pay: bigint;
}

interface ReadPlace {
  id: string;
  studentId: string;
  studentRef: string;
  outcome: string;
  /** Of its charge that no run has yet, in minor units as text; null: none. */
  unbilled: string | null;
}

interface ReadSession extends Omit<LoadedSession['session'], 'id'> {
  id: string;
  unpaid: bigint | null;
  places: ReadPlace[];
}

/** Which sessions from a day on another set of rates would alter, and by how much. What is on an invoice or paid never is. */
export async function listRateEffects(
  db: Kysely<DB>,
  { from, before, after }: { from: string; before: readonly Rate[]; after: readonly Rate[] },
): Promise<RateEffect[]> {
  const { rows } = await sql<ReadSession>`
    SELECT s.id, s.ref, s.tutor_id, s.program_id, s.subject_id, s.local_date, s.duration_minutes, s.billable, s.settled_at,
      s.charge_rate_override, s.pay_rate_override, p.charge_basis, v.rules, o.currency,
      c.status AS close_out_status, c.actual_minutes, c.miles, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name,
      (SELECT amount FROM pay_item WHERE session_id = s.id AND kind = 'session' AND revision = s.revision AND run_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM pay_item k WHERE k.corrects_id = pay_item.id)) AS unpaid,
      (SELECT json_agg(json_build_object('id', a.id, 'studentId', a.student_id, 'studentRef', st.ref, 'outcome', a.outcome,
          'unbilled', (SELECT net::text FROM charge WHERE attendance_id = a.id AND run_id IS NULL)) ORDER BY st.ref COLLATE "C")
        FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS places
    FROM session s
    JOIN program p ON p.id = s.program_id
    JOIN policy_version v ON v.id = s.policy_version_id
    JOIN tutor t ON t.id = s.tutor_id
    CROSS JOIN organisation o
    LEFT JOIN close_out c ON c.session_id = s.id
    WHERE s.local_date >= ${from}::date AND s.status NOT IN ('cancelled', 'declined', 'rescheduled')
    ORDER BY s.starts_at, s.id`.execute(db);
  const effects: RateEffect[] = [];
  const sets = [indexed(before), indexed(after)] as const;
  for (const row of rows) {
    if (row.places === null) continue;
    const loaded = { session: row, places: row.places } as unknown as LoadedSession;
    const [was, is] = sets.map((set) => factsOf(loaded, set(row, row.places)));
    if (!was || !is) continue;
    const amounts = row.settledAt === null ? planned(was, is) : settledOnes(row, settle(is));
    if (amounts.charge === 0n && amounts.pay === 0n) continue;
    effects.push({
      sessionId: row.id,
      ref: row.ref,
      localDate: row.localDate,
      tutorName: row.tutorName,
      state: row.settledAt === null ? 'planned' : 'settled',
      charge: row.billable ? amounts.charge : 0n,
      pay: amounts.pay,
    });
  }
  return effects.filter((effect) => effect.charge !== 0n || effect.pay !== 0n);
}

/** Only the rows that could hold for a session: the general ones, and those of its tutor or its students. */
function indexed(rates: readonly Rate[]) {
  const general = rates.filter((rate) => rate.tutorId === null && rate.studentId === null);
  const byTutor = Map.groupBy(
    rates.filter((rate) => rate.tutorId !== null && rate.studentId === null),
    (rate) => rate.tutorId,
  );
  const byStudent = Map.groupBy(
    rates.filter((rate) => rate.studentId !== null),
    (rate) => rate.studentId,
  );
  return (session: { tutorId: string }, places: readonly { studentId: string }[]): Rate[] => [
    ...general,
    ...(byTutor.get(session.tutorId) ?? []),
    ...places.flatMap((place) => byStudent.get(place.studentId) ?? []),
  ];
}

type Facts = ReturnType<typeof factsOf>;

/** As if everybody in it came; who cancelled already costs nothing more. */
function planned(was: Facts, is: Facts): { charge: bigint; pay: bigint } {
  const coming = (facts: Facts): Facts => ({ ...facts, places: facts.places.filter((place) => place.outcome === 'planned') });
  const fees = (facts: Facts) => facts.places.reduce((sum, place) => sum + (quoteFee(facts, place.id) ?? 0n), 0n);
  const [old, next] = [coming(was), coming(is)];
  if (old.places.length === 0) return { charge: 0n, pay: 0n };
  return { charge: fees(next) - fees(old), pay: (quotePay(next).pay?.amount ?? 0n) - (quotePay(old).pay?.amount ?? 0n) };
}

function settledOnes(row: ReadSession, next: ReturnType<typeof settle>): { charge: bigint; pay: bigint } {
  let charge = 0n;
  for (const [index, place] of row.places.entries()) {
    if (place.unbilled !== null) charge += (next.places[index]?.fee ?? 0n) - BigInt(place.unbilled);
  }
  return { charge, pay: row.unpaid === null ? 0n : (next.pay?.amount ?? 0n) - row.unpaid };
}
