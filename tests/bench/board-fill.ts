import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';

export const TUTORS = 100;
export const PER_TUTOR = 20;
export const ZONE = 'Europe/Dublin';
/** A week that has begun somewhere in the middle of all that is stored. */
export const WEEK = { firstDay: '2027-03-01', days: 7 };

/** The company, and the sessions of the week that is shown. */
export async function fill(db: Kysely<DB>): Promise<void> {
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
  await insert(db, {
    refs: sql`'W' || t.n || '-' || i`,
    from: sql`generate_series(0, ${PER_TUTOR - 1}::int) i`,
    at: sql`(${WEEK.firstDay}::timestamp + make_interval(days => i / 4, hours => 9 + 2 * (i % 4))) AT TIME ZONE ${ZONE}`,
    ids: { program: program.id, subject: subject.id, policy, billing: installs['billing-invoicing'] ?? '' },
  });
}

/** The past and the future: so many sessions in the weeks around, none in the week that is shown. */
export async function store(db: Kysely<DB>, count: number): Promise<void> {
  const one = await sql<{ program: string; subject: string; policy: string; billing: string; most: number }>`
    SELECT (SELECT id FROM program LIMIT 1) AS program, (SELECT id FROM subject LIMIT 1) AS subject,
      (SELECT id FROM policy_version LIMIT 1) AS policy, (SELECT billing_install_id FROM attendance LIMIT 1) AS billing,
      (SELECT count(*)::int FROM session WHERE ref LIKE 'P%') AS most`.execute(db);
  const [ids] = one.rows;
  if (!ids) throw new Error('nothing is filled in');
  const first = ids.most / TUTORS;
  // Ten a day and tutor: before the week the even, after it the odd ones.
  await insert(db, {
    refs: sql`'P' || t.n || '-' || i`,
    from: sql`generate_series(${first}::int, ${first + count / TUTORS - 1}::int) i`,
    at: sql`(${WEEK.firstDay}::timestamp + make_interval(days => CASE WHEN i % 2 = 0 THEN -1 - i / 20 ELSE 8 + i / 20 END, hours => 8 + (i / 2) % 10)) AT TIME ZONE ${ZONE}`,
    ids,
  });
  await sql`VACUUM ANALYZE`.execute(db);
}

interface Inserted {
  refs: ReturnType<typeof sql>;
  from: ReturnType<typeof sql>;
  at: ReturnType<typeof sql>;
  ids: { program: string; subject: string; policy: string; billing: string };
}

async function insert(db: Kysely<DB>, { refs, from, at, ids }: Inserted): Promise<void> {
  await sql`
    WITH made AS (
      INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, policy_version_id)
      SELECT ${refs}, t.id, ${ids.program}::uuid, ${ids.subject}::uuid, at, at + interval '45 minutes', 45, at AT TIME ZONE ${ZONE}, ${ZONE},
             (at AT TIME ZONE ${ZONE})::date, 'online', ${ids.policy}::uuid
      FROM (SELECT id, row_number() OVER (ORDER BY ref) AS n FROM tutor) t, ${from}, LATERAL (SELECT ${at} AS at) a
      RETURNING id, tutor_id, starts_at, ends_at, ref
    ), taken AS (
      INSERT INTO session_resource (session_id, resource_id, busy, blocking)
      SELECT id, tutor_id, tstzrange(starts_at, ends_at + interval '10 minutes'), true FROM made
    )
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id)
    SELECT m.id, st.id, st.client_id, ${ids.billing}::uuid
    FROM (SELECT id, row_number() OVER (ORDER BY ref) AS n FROM made) m
    JOIN (SELECT id, client_id, row_number() OVER (ORDER BY ref) AS n FROM student) st ON st.n = m.n % 500 + 1`.execute(db);
}
