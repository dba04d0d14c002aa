import { type Kysely, sql } from 'kysely';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { viewSession } from '#app/ui/session-view.ts';
import { type Database, openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { recordStatements } from './recorder.ts';

const TUTORS = 50;
const SESSIONS = 2_000;
const ROUNDS = 15;
const MONDAY = '2026-03-02T00:00:00Z';
const WEEK = { from: new Date(MONDAY), to: new Date('2026-03-09T00:00:00Z') };

/** What a page of a week of 50 tutors loads, against its SQL and the encoding of the rows as JSON alone. */
export async function benchWeek(ground: Ground): Promise<BenchLine> {
  const database = openDatabase({
    url: await ground.database('bench_week'),
    max: 2,
    statementTimeoutMs: 300_000,
    onError: () => {},
  });
  try {
    await fill(database.db);
    const reader = {
      zone: 'Europe/Dublin',
      organisationZone: 'Europe/Dublin',
      locale: 'en-IE',
      now: new Date('2026-03-04T12:00:00Z'),
    };
    const page = { reader, joinWindowMinutes: 10, base: '/office/sessions' };
    const load = async () => {
      const rows = await listSessions(database.db, { ...WEEK, limit: 10_000 });
      return JSON.stringify(rows.map((row) => viewSession(row, page)));
    };
    const [statement] = await recordStatements(load);
    if (!statement || statement.rows.length !== SESSIONS)
      throw new Error(`the week has ${statement?.rows.length} sessions instead of ${SESSIONS}`);
    const plain = () => encode(database, statement.text, statement.values);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await milliseconds(load));
      floor.push(await milliseconds(plain));
    }
    const bytes = (await load()).length;
    return {
      what: `A week of ${TUTORS} tutors, ${SESSIONS} sessions with their places`,
      ours: `${median(ours).toFixed(1)} ms to load, ${(bytes / 1024).toFixed(0)} KiB`,
      against: `${median(floor).toFixed(1)} ms for its SQL and JSON encoding alone`,
      ratio: median(ours) / median(floor),
      promise: 'promised: at most 3',
    };
  } finally {
    await database.close();
  }
}

async function encode(database: Database, text: string, values: unknown[]): Promise<string> {
  const { rows } = await database.pool.query(text, values);
  return JSON.stringify(rows);
}

async function fill(db: Kysely<DB>): Promise<void> {
  const { installs } = await anOrganisation(db);
  const program = await aProgram(db);
  const subject = await aSubject(db);
  const policy = await aPolicyVersion(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, 'Europe/Dublin' FROM generate_series(1, ${TUTORS}::int) i`.execute(db);
  await sql`INSERT INTO client (ref, name) SELECT 'C' || i, 'Family ' || i FROM generate_series(1, 500) i`.execute(db);
  await sql`INSERT INTO student (ref, client_id, first_name, last_name) SELECT 'S' || ref, id, 'Sam', ref FROM client`.execute(
    db,
  );
  const perTutor = SESSIONS / TUTORS;
  await sql`
    INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, policy_version_id)
    SELECT t.ref || '-' || i, t.id, ${program.id}, ${subject.id}, at, at + interval '1 hour', 60, at::timestamp, 'Europe/Dublin', at::date, 'online', ${policy}
    FROM tutor t, generate_series(0, ${perTutor}::int - 1) i,
      LATERAL (SELECT ${MONDAY}::timestamptz + make_interval(days => i / 8, hours => 8 + i % 8) AS at) a`.execute(db);
  await sql`
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id)
    SELECT s.id, st.id, st.client_id, ${installs['billing-invoicing']}
    FROM (SELECT id, row_number() OVER (ORDER BY ref) AS n FROM session) s
    JOIN (SELECT id, client_id, row_number() OVER (ORDER BY ref) AS n FROM student) st ON st.n IN (s.n % 500 + 1, (s.n + 250) % 500 + 1) AND (s.n % 4 = 0 OR st.n = s.n % 500 + 1)`.execute(
    db,
  );
  await sql`INSERT INTO meeting (session_id, install_id, state) SELECT id, ${installs['meeting-jitsi']}, 'ready' FROM session`.execute(
    db,
  );
  await sql`ANALYZE`.execute(db);
}
