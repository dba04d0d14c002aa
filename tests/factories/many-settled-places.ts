import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { aPolicyVersion } from './money.ts';
import { anOrganisation } from './organisation.ts';
import { aTutor } from './people.ts';
import { aProgram, aSubject } from './teaching.ts';

/** A family with a student and so many settled places of March 2026 each, 60.00 net at 20 %, written straight and at once. */
export async function manySettledPlaces(
  db: Kysely<DB>,
  { families, places }: { families: number; places: number },
): Promise<void> {
  const { installs } = await anOrganisation(db);
  const tutor = await aTutor(db);
  const program = await aProgram(db);
  const subject = await aSubject(db);
  const policy = await aPolicyVersion(db);
  await sql`INSERT INTO client (ref, name, email) SELECT 'C' || to_char(i, 'FM00000'), 'Family ' || i, 'family' || i || '@bench.test'
    FROM generate_series(1, ${families}::int) i`.execute(db);
  await sql`INSERT INTO student (ref, client_id, first_name) SELECT 'S' || ref, id, 'Student' FROM client`.execute(db);
  await sql`
    INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode,
      status, policy_version_id, settled_at)
    SELECT st.ref || '-' || i, ${tutor.id}, ${program.id}, ${subject.id}, day + interval '15 hours', day + interval '16 hours', 60,
      day::timestamp + interval '15 hours', 'Europe/Dublin', day::date, 'online', 'approved', ${policy}, '2026-04-01T08:00:00Z'
    FROM student st, generate_series(1, ${places}::int) i, LATERAL (SELECT '2026-03-01T00:00:00Z'::timestamptz + make_interval(days => i * 2) AS day) d`.execute(
    db,
  );
  await sql`
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id, outcome, minutes, charge_percent, pay_percent, settled_at)
    SELECT s.id, st.id, st.client_id, ${installs['billing-invoicing']}, 'attended', 60, 100, 100, '2026-04-01T08:00:00Z'
    FROM session s JOIN student st ON st.ref = split_part(s.ref, '-', 1)`.execute(db);
  await sql`
    INSERT INTO charge (kind, client_id, attendance_id, local_date, description, minutes, net, tax_percent, settled_at)
    SELECT 'session', a.client_id, a.id, s.local_date, 'Mathematics, Tess Tutor', 60, 6000, 20, '2026-04-01T08:00:00Z'
    FROM attendance a JOIN session s ON s.id = a.session_id`.execute(db);
  await sql`ANALYZE`.execute(db);
}
