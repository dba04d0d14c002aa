import { type Kysely, sql } from 'kysely';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { PayrollLine, PayrollRun } from '#plugins/contract/index.ts';
import { payTotals } from './pay-run.ts';

interface Row extends PayrollLine {
  tutorRef: string;
  firstName: string;
  lastName: string;
  email: string | null;
}

/** An approved run as a payroll export gets it, in an order that never changes. */
export async function getPayrollRun(
  db: Kysely<DB>,
  run: { id: string; periodFrom: string; periodTo: string; payGroupId: string | null; offCycle: boolean },
): Promise<PayrollRun> {
  const organisation = await getOrganisation(db);
  const group = run.payGroupId
    ? await db.selectFrom('payGroup').select('name').where('id', '=', run.payGroupId).executeTakeFirst()
    : undefined;
  const { rows } = await sql<Row>`
    SELECT i.kind, CASE WHEN i.kind IN ('session', 'mileage') THEN s.ref ELSE '' END AS ref, i.local_date AS date, i.minutes, i.amount,
      i.late, i.note, coalesce(p.name, '') AS program, coalesce(j.name, '') AS subject,
      t.ref AS tutor_ref, t.first_name, t.last_name, coalesce(t.email, u.email) AS email
    FROM pay_item i JOIN tutor t ON t.id = i.tutor_id
    LEFT JOIN users u ON u.id = t.user_id
    LEFT JOIN session s ON s.id = i.session_id LEFT JOIN program p ON p.id = s.program_id LEFT JOIN subject j ON j.id = s.subject_id
    WHERE i.run_id = ${run.id}::uuid
    ORDER BY t.ref COLLATE "C", i.local_date, s.ref COLLATE "C", i.kind, i.id`.execute(db);
  const tutors = [...Map.groupBy(rows, (row) => row.tutorRef)].map(([ref, own]) => ({
    ref,
    firstName: own[0]?.firstName ?? '',
    lastName: own[0]?.lastName ?? '',
    email: own[0]?.email ?? null,
    lines: own.map(({ tutorRef: _ref, firstName: _first, lastName: _last, email: _email, ...line }) => line),
    ...payTotals(own),
    minutes: own.reduce((sum, line) => sum + (line.kind === 'session' || line.kind === 'work' ? (line.minutes ?? 0) : 0), 0),
  }));
  return {
    id: run.id,
    from: run.periodFrom,
    to: run.periodTo,
    company: organisation.name,
    currency: organisation.currency,
    digits: currencyDigits(organisation.currency),
    group: group?.name ?? null,
    offCycle: run.offCycle,
    tutors,
  };
}
