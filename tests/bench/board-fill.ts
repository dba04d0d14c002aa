import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';

export const TUTORS = 100;
export const PER_TUTOR = 20;
export const ZONE = 'Europe/Dublin';
/** A week that has begun somewhere in the middle of all that is stored. */
export const WEEK = { firstDay: '2027-03-01', days: 7 };

/** The company, the sessions of the week that is shown, and so many in the weeks around it. */
export async function fill(db: Kysely<DB>, stored: number): Promise<void> {
  const { installs } = await anOrganisation(db);
  const program = await aProgram(db, { name: 'One-to-one' });
  const subject = await aSubject(db, { name: 'Algebra' });
  const policy = await aPolicyVersion(db);
  await sql`UPDATE organisation SET timezone = ${ZONE}`.execute(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone, buffer_minutes)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, ${ZONE}, 10 FROM generate_series(1, ${TUTORS}::int) i`.execute(db);
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute)
    SELECT t.id, d, 540, 1140 FROM tutor t, generate_series(1, 5) d`.execute(db);
  await sql`INSERT INTO client (ref, name) SELECT 'C' || i, 'Family ' || i FROM generate_series(1, 500) i`.execute(db);
  await sql`INSERT INTO student (ref, client_id, first_name, last_name) SELECT 'S' || ref, id, 'Sam', ref FROM client`.execute(
    db,
  );
  // In the order in which they came to be: a series is planned for twelve weeks at once, so that the sessions of one week
  // lie a dozen rows apart from each other in the tables and in the order of their ids.
  await sql`
    WITH planned AS (
      SELECT 'W' || i AS ref, make_interval(days => i / 4, hours => 9 + 2 * (i % 4)) AS after
      FROM generate_series(0, ${PER_TUTOR - 1}::int) i
      UNION ALL
      -- Ten a day and tutor: before the week the even, after it the odd ones.
      SELECT 'P' || i, make_interval(days => CASE WHEN i % 2 = 0 THEN -1 - i / 20 ELSE 8 + i / 20 END, hours => 8 + (i / 2) % 10)
      FROM generate_series(0, ${stored / TUTORS - 1}::int) i
    ), made AS (
      INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, status, policy_version_id)
      SELECT t.ref || '-' || p.ref, t.id, ${program.id}::uuid, ${subject.id}::uuid, at, at + interval '45 minutes', 45, wall, ${ZONE}, wall::date AS day, 'online',
             CASE WHEN after < '0 days' THEN 'approved' ELSE 'scheduled' END, ${policy}::uuid
      FROM tutor t, planned p, LATERAL (SELECT ${WEEK.firstDay}::timestamp + after AS wall) w, LATERAL (SELECT wall AT TIME ZONE ${ZONE} AS at) a
      ORDER BY date_bin('84 days', wall, ${WEEK.firstDay}::timestamp - interval '42 days'), t.id, extract(isodow FROM wall), wall::time, wall
      RETURNING id, tutor_id, starts_at, ends_at, status
    ), taken AS (
      INSERT INTO session_resource (session_id, resource_id, busy, blocking)
      SELECT id, tutor_id, tstzrange(starts_at, ends_at + interval '10 minutes'), true FROM made
    ), closed AS (
      INSERT INTO close_out (session_id, actual_starts_at, actual_minutes, status, submitted_at)
      SELECT id, starts_at, 45, 'approved', ends_at FROM made WHERE status = 'approved'
    )
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id)
    SELECT m.id, st.id, st.client_id, ${installs['billing-invoicing'] ?? ''}::uuid
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM made) m
    JOIN (SELECT id, client_id, row_number() OVER (ORDER BY ref) AS n FROM student) st ON st.n = m.n / 12 % 500 + 1
    ORDER BY m.n`.execute(db);
  await sql`VACUUM ANALYZE`.execute(db);
}
