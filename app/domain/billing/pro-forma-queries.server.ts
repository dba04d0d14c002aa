import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { Period } from './invoice-run.ts';
import type { Outcome } from './outcomes.ts';
import { asRate, rateColumns, ratesOf } from './session-facts.server.ts';
import { quoteFee } from './settlement.ts';
import { type DocumentTotals, shortPercent, totalsOf } from './tax.ts';

export interface ProFormaLine {
  id: string;
  sessionId: string;
  localDate: string;
  description: string;
  minutes: number;
  net: bigint;
  taxPercent: string;
}

export interface ProForma extends DocumentTotals {
  client: { id: string; name: string; address: string; email: string | null; userId: string | null };
  currency: string;
  from: string;
  to: string;
  lines: ProFormaLine[];
  /** Planned lessons that no rate has a price for. */
  withoutPrice: { sessionId: string; localDate: string; description: string }[];
}

interface Place {
  sessionId: string;
  attendanceId: string;
  clientId: string;
  studentId: string;
  studentRef: string;
  firstName: string;
  outcome: Outcome;
  localDate: string;
  minutes: number;
  chargeBasis: string;
  taxPercent: string;
  subjectName: string;
  programId: string;
  subjectId: string;
  tutorId: string;
  chargeRateOverride: bigint | null;
  payRateOverride: bigint | null;
  invoiced: boolean;
}

/**
 * What a family's planned lessons of a span will cost if they take place as planned: a look ahead, nothing is posted and
 * no number taken. Lessons that credits or somebody else pay for are not in it.
 * @throws DomainError not_found
 */
export async function getProForma(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  clientId: string,
  { from, to }: Period,
): Promise<ProForma> {
  const { currency } = await getOrganisation(db);
  const client = await db
    .selectFrom('client')
    .select(['id', 'name', 'address', 'email', 'userId'])
    .where('id', '=', clientId)
    .executeTakeFirst();
  if (!client) throw new DomainError('not_found', 'This client is not there.');
  const places = await placesOf(db, ctx.plugins.billingPluginIds('invoice'), clientId, { from, to });
  const rates = (
    await db
      .selectFrom('rate')
      .select(rateColumns)
      .where('side', '=', 'charge')
      .where('validFrom', '<', to)
      .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', from)]))
      .execute()
  ).map(asRate);
  const lines: ProFormaLine[] = [];
  const withoutPrice: ProForma['withoutPrice'] = [];
  for (const ofSession of Map.groupBy(places, (place) => place.sessionId).values()) {
    const { charge } = ratesOf(
      ofSession[0] as Place,
      ofSession.map((place) => place.studentId),
      rates,
    );
    const facts = {
      plannedMinutes: ofSession[0]?.minutes ?? 0,
      chargeBasis: ofSession[0]?.chargeBasis === 'split' ? ('split' as const) : ('per_student' as const),
      places: ofSession.map((place) => ({ ...place, id: place.attendanceId, chargeRate: charge(place.studentId) })),
    };
    for (const place of ofSession.filter((one) => one.clientId === clientId && one.invoiced && one.outcome === 'planned')) {
      const { sessionId, localDate, minutes } = place;
      const description = `${place.subjectName} for ${place.firstName}, ${minutes} min`;
      const net = quoteFee(facts, place.attendanceId);
      if (net === undefined) withoutPrice.push({ sessionId, localDate, description });
      else if (net !== 0n)
        lines.push({
          id: place.attendanceId,
          sessionId,
          localDate,
          description,
          minutes,
          net,
          taxPercent: shortPercent(place.taxPercent),
        });
    }
  }
  return { client, currency, from, to, lines, withoutPrice, ...totalsOf(lines) };
}

/** All places of the planned sessions in which the family has one: the others share a fee that is split. */
async function placesOf(db: Kysely<DB>, pluginIds: string[], clientId: string, { from, to }: Period): Promise<Place[]> {
  const { rows } = await sql<Place>`
    SELECT s.id AS session_id, a.id AS attendance_id, a.client_id, a.student_id, st.ref AS student_ref, st.first_name, a.outcome,
      s.local_date, s.duration_minutes AS minutes, p.charge_basis, p.tax_percent, su.name AS subject_name,
      s.program_id, s.subject_id, s.tutor_id, s.charge_rate_override, s.pay_rate_override,
      pi.plugin_id = ANY(${pluginIds}::text[]) AS invoiced
    FROM session s
    JOIN attendance a ON a.session_id = s.id
    JOIN student st ON st.id = a.student_id
    JOIN program p ON p.id = s.program_id
    JOIN subject su ON su.id = s.subject_id
    JOIN plugin_install pi ON pi.id = a.billing_install_id
    WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date AND s.billable AND s.status = 'scheduled'
      AND EXISTS (SELECT 1 FROM attendance own WHERE own.session_id = s.id AND own.client_id = ${clientId}::uuid AND own.outcome = 'planned')
    ORDER BY s.starts_at, s.id, st.ref COLLATE "C"`.execute(db);
  return rows;
}
