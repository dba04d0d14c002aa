import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export const PRIVACY_KINDS = ['client', 'student', 'tutor'] as const;
export type PrivacyKind = (typeof PRIVACY_KINDS)[number];

/** Whom it is about: with the records merged into theirs, of a client the whole family, and who signs in as nobody else. */
export interface PeopleOf {
  kind: PrivacyKind;
  id: string;
  ref: string;
  name: string;
  erasedAt: Date | null;
  clientIds: string[];
  studentIds: string[];
  tutorIds: string[];
  requestIds: string[];
  /** Sessions that were theirs alone. */
  sessionIds: string[];
  /** Users who are one of these people and nothing else. */
  userIds: string[];
  /** Sessions of theirs that others were in, or taught. */
  sharedSessionIds: string[];
  /** By which they are named: whole names, addresses, numbers. */
  names: string[];
  /** Where mails reach them and nobody else who is kept. */
  addresses: string[];
  /** Their first and last names by themselves. */
  words: string[];
}

/** @throws DomainError not_found */
export async function getPeopleOf(db: Kysely<DB>, kind: PrivacyKind, id: string): Promise<PeopleOf> {
  const { rows } = await sql<PeopleOf>`
    WITH RECURSIVE same AS (
      SELECT ${id}::uuid AS id
      UNION SELECT m.merged_id FROM merge m JOIN same ON m.kept_id = same.id WHERE m.kind = ${kind} AND m.undone_at IS NULL
    ),
    c AS (SELECT * FROM client WHERE ${kind} = 'client' AND id IN (SELECT id FROM same)),
    s AS (SELECT * FROM student WHERE (${kind} = 'student' AND id IN (SELECT id FROM same)) OR client_id IN (SELECT id FROM c)),
    t AS (SELECT * FROM tutor WHERE ${kind} = 'tutor' AND id IN (SELECT id FROM same)),
    one AS (
      SELECT ref, name, erased_at FROM c WHERE id = ${id}
      UNION ALL SELECT ref, trim(first_name || ' ' || last_name), erased_at FROM s WHERE id = ${id}
      UNION ALL SELECT ref, trim(first_name || ' ' || last_name), erased_at FROM t WHERE id = ${id}
    ),
    u AS (
      SELECT u.id, u.email::text AS email, u.name FROM users u
      WHERE u.id IN (SELECT user_id FROM c UNION SELECT user_id FROM s UNION SELECT user_id FROM t)
        AND NOT EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role IN ('owner', 'admin', 'scheduler'))
        AND NOT EXISTS (SELECT 1 FROM client x WHERE x.user_id = u.id AND x.id NOT IN (SELECT id FROM c))
        AND NOT EXISTS (SELECT 1 FROM student x WHERE x.user_id = u.id AND x.id NOT IN (SELECT id FROM s))
        AND NOT EXISTS (SELECT 1 FROM tutor x WHERE x.user_id = u.id AND x.id NOT IN (SELECT id FROM t))
    ),
    reached AS (
      SELECT email FROM c UNION SELECT email FROM s UNION SELECT email FROM t UNION SELECT u.email::citext FROM u
    ),
    named AS (
      SELECT name AS said FROM c UNION SELECT email::text FROM c UNION SELECT phone FROM c
      UNION SELECT trim(first_name || ' ' || last_name) FROM s WHERE last_name <> '' UNION SELECT email::text FROM s
      UNION SELECT trim(first_name || ' ' || last_name) FROM t WHERE last_name <> '' UNION SELECT email::text FROM t
      UNION SELECT phone FROM t UNION SELECT email FROM u UNION SELECT name FROM u
      UNION SELECT nullif(address, '') FROM c UNION SELECT nullif(home_address, '') FROM t
      UNION SELECT nullif(address, '') FROM place WHERE client_id IN (SELECT id FROM c)
    )
    SELECT ${kind}::text AS kind, ${id}::uuid AS id, one.ref, one.name, one.erased_at,
      array(SELECT id::text FROM c) AS client_ids, array(SELECT id::text FROM s) AS student_ids,
      array(SELECT id::text FROM t) AS tutor_ids, array(SELECT id::text FROM u) AS user_ids,
      array(SELECT id::text FROM request WHERE client_id IN (SELECT id FROM c) OR student_id IN (SELECT id FROM s)) AS request_ids,
      array(SELECT a.session_id::text FROM attendance a GROUP BY a.session_id
            HAVING bool_or(a.student_id IN (SELECT id FROM s)) AND bool_and(a.student_id IN (SELECT id FROM s))) AS session_ids,
      array(SELECT DISTINCT a.session_id::text FROM attendance a WHERE a.student_id IN (SELECT id FROM s)
            UNION SELECT id::text FROM session WHERE tutor_id IN (SELECT id FROM t)) AS shared_session_ids,
      array(SELECT DISTINCT word FROM (
        SELECT regexp_split_to_table(name, '\\s+') AS word FROM c
        UNION SELECT regexp_split_to_table(first_name || ' ' || last_name, '\\s+') FROM s
        UNION SELECT regexp_split_to_table(first_name || ' ' || last_name, '\\s+') FROM t) w WHERE length(word) >= 2) AS words,
      array(SELECT DISTINCT said FROM named WHERE length(said) >= 4) AS names,
      array(SELECT lower(r.email::text) FROM reached r WHERE r.email IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM users x WHERE x.email = r.email AND x.id NOT IN (SELECT id FROM u))
        AND NOT EXISTS (SELECT 1 FROM client x WHERE x.email = r.email AND x.id NOT IN (SELECT id FROM c))
        AND NOT EXISTS (SELECT 1 FROM student x WHERE x.email = r.email AND x.id NOT IN (SELECT id FROM s))
        AND NOT EXISTS (SELECT 1 FROM tutor x WHERE x.email = r.email AND x.id NOT IN (SELECT id FROM t))) AS addresses
    FROM one`.execute(db);
  const [people] = rows;
  if (!people) throw new DomainError('not_found', 'This person is not there.');
  return people;
}
