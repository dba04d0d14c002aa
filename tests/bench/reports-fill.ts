import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';

const TUTORS = 60;
const FAMILIES = 1_200;
/** So many sessions a year: seven a day and tutor, six days a week, all but the summer. */
export const A_YEAR = 100_000;

/** Years of a company whose sessions were all taught, charged and paid; the last one is 2026. Written straight and at once. */
export async function fillReports(db: Kysely<DB>, years: number): Promise<void> {
  const { installs } = await anOrganisation(db);
  for (const name of ['One-to-one', 'Exam preparation', 'At Lincoln High']) await aProgram(db, { name });
  for (const name of ['Algebra', 'Biology', 'Chemistry', 'English', 'French', 'History']) await aSubject(db, { name });
  const policy = await aPolicyVersion(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone)
    SELECT 'T' || to_char(i, 'FM000'), 'Tess', 'Tutor ' || i, 'Europe/Dublin' FROM generate_series(1, ${TUTORS}::int) i`.execute(
    db,
  );
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute)
    SELECT t.id, d, 540, 1140 FROM tutor t, generate_series(1, 6) d`.execute(db);
  await sql`INSERT INTO client (ref, name) SELECT 'C' || to_char(i, 'FM0000'), 'Family ' || i FROM generate_series(1, ${FAMILIES}::int) i`.execute(
    db,
  );
  await sql`INSERT INTO student (ref, client_id, first_name, last_name) SELECT 'S' || ref, id, 'Sam', ref FROM client`.execute(
    db,
  );
  await sql`
    WITH tutors AS (SELECT array_agg(id ORDER BY ref) AS ids FROM tutor),
      programs AS (SELECT array_agg(id ORDER BY name) AS ids FROM program),
      subjects AS (SELECT array_agg(id ORDER BY name) AS ids FROM subject),
      planned AS (
        SELECT i, date '2027-01-01' - 1 - (i / (${A_YEAR}::int / 365)) AS day FROM generate_series(0, ${A_YEAR * years}::int - 1) i
      )
    INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode,
      status, policy_version_id, settled_at)
    SELECT 'R' || i, t.ids[1 + i % ${TUTORS}], p.ids[1 + i % 3], u.ids[1 + (i / 7) % 6], wall AT TIME ZONE 'Europe/Dublin',
      wall AT TIME ZONE 'Europe/Dublin' + interval '60 minutes', 60, wall, 'Europe/Dublin', day, 'online', 'approved', ${policy}, now()
    FROM planned, tutors t, programs p, subjects u, LATERAL (SELECT day + make_interval(hours => 9 + (i / ${TUTORS}) % 9) AS wall) w
    ORDER BY day`.execute(db);
  await sql`INSERT INTO close_out (session_id, actual_starts_at, actual_minutes, status, submitted_at)
    SELECT id, starts_at, 55 + right(ref, 1)::int, 'approved', ends_at FROM session`.execute(db);
  await sql`
    WITH students AS (SELECT array_agg(id ORDER BY ref) AS ids, array_agg(client_id ORDER BY ref) AS clients FROM student),
      places AS (SELECT s.id, substr(s.ref, 2)::int AS n FROM session s
        UNION ALL SELECT s.id, substr(s.ref, 2)::int + 1 FROM session s WHERE s.ref LIKE '%5')
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id, outcome, minutes, charge_percent, pay_percent, settled_at)
    SELECT p.id, st.ids[1 + n % ${FAMILIES}], st.clients[1 + n % ${FAMILIES}], ${installs['billing-invoicing']},
      CASE WHEN n % 17 = 0 THEN 'no_show' ELSE 'attended' END, 60, 100, 100, now() FROM places p, students st`.execute(db);
  await sql`INSERT INTO charge (kind, client_id, attendance_id, local_date, description, minutes, net, settled_at)
    SELECT 'session', a.client_id, a.id, s.local_date, 'Lesson', 60, 6000, now() FROM attendance a JOIN session s ON s.id = a.session_id`.execute(
    db,
  );
  await sql`INSERT INTO pay_item (kind, tutor_id, session_id, local_date, minutes, amount, settled_at)
    SELECT 'session', tutor_id, id, local_date, 60, 2500, now() FROM session`.execute(db);
  // What a place posts when it is settled: the reports look for credits among them.
  await sql`INSERT INTO account (code, kind, commodity) VALUES ('bench:a', 'asset', 'EUR'), ('bench:b', 'income', 'EUR')`.execute(
    db,
  );
  await sql`ALTER TABLE ledger_transaction DISABLE TRIGGER USER`.execute(db);
  await sql`ALTER TABLE ledger_entry DISABLE TRIGGER USER`.execute(db);
  await sql`INSERT INTO ledger_transaction (idempotency_key, effective_on, description, attendance_id)
    SELECT 'charge:' || a.id, s.local_date, 'settled', a.id FROM attendance a JOIN session s ON s.id = a.session_id`.execute(db);
  await sql`INSERT INTO ledger_entry (transaction_id, account_id, amount)
    SELECT t.id, a.id, CASE a.code WHEN 'bench:a' THEN 6000 ELSE -6000 END FROM ledger_transaction t, account a WHERE a.code LIKE 'bench:%'`.execute(
    db,
  );
  await sql`VACUUM ANALYZE`.execute(db);
}
