import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface BoardWindow {
  /** The first and, exclusive, the last instant of the days shown. */
  from: Date;
  to: Date;
  /** The first local day shown, in `zone`. */
  firstDay: string;
  /** The organisation's: what the board's clock shows. */
  zone: string;
}

/**
 * The sessions of some days with who and what they are about, as JSON made by PostgreSQL and passed on as the text it is:
 * read into rows and encoded again, the week of a large company would cost twice as much. `readBoard` in the page's
 * board-data.ts reads it. Programs, subjects and tutors are named once; a session is a list, and names them by their place.
 */
export async function boardJson(db: Kysely<DB>, { from, to, firstDay, zone }: BoardWindow): Promise<string> {
  const { rows } = await sql<{ board: string }>`
    WITH shown AS MATERIALIZED (
      SELECT s.*, s.starts_at AT TIME ZONE ${zone} AS wall FROM session s WHERE s.starts_at >= ${from} AND s.starts_at < ${to}
    ),
    tutors AS MATERIALIZED (
      SELECT t.id, trim(t.first_name || ' ' || t.last_name) AS name, t.buffer_minutes, (t.archived_at IS NOT NULL OR t.status <> 'active') AS archived,
             row_number() OVER (ORDER BY trim(t.first_name || ' ' || t.last_name), t.id) - 1 AS n
      FROM tutor t WHERE (t.archived_at IS NULL AND t.status = 'active') OR t.id IN (SELECT tutor_id FROM shown)
    ),
    programs AS MATERIALIZED (
      SELECT p.id, p.name, coalesce(p.durations, o.durations) AS durations, row_number() OVER (ORDER BY p.name, p.id) - 1 AS n
      FROM program p CROSS JOIN organisation o
    ),
    subjects AS MATERIALIZED (SELECT id, name, row_number() OVER (ORDER BY name, id) - 1 AS n FROM subject),
    -- By an array of ids, here and for the close-outs: looked up in the index in its order, however much is stored. Of a
    -- join the planner reads the whole table as soon as it thinks that cheaper.
    people AS (
      SELECT a.session_id,
             json_agg(concat_ws(' ', st.first_name, st.last_name) ORDER BY st.ref COLLATE "C")
               FILTER (WHERE a.outcome NOT IN ('cancelled', 'late_cancel')) AS expected,
             json_agg(concat_ws(' ', st.first_name, st.last_name) ORDER BY st.ref COLLATE "C") AS everybody
      FROM attendance a JOIN student st ON st.id = a.student_id
      WHERE a.session_id = ANY(ARRAY(SELECT id FROM shown)) GROUP BY a.session_id
    )
    SELECT json_build_object(
      'tutors', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'buffer', t.buffer_minutes,
                   'archived', t.archived,
                   'subjects', (SELECT coalesce(json_agg(sub.n), '[]') FROM tutor_subject ts JOIN subjects sub ON sub.id = ts.subject_id
                                WHERE ts.tutor_id = t.id)) ORDER BY t.n), '[]') FROM tutors t),
      'programs', (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'durations', durations) ORDER BY n), '[]') FROM programs),
      'subjects', (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY n), '[]') FROM subjects),
      'sessions', (
        SELECT coalesce(json_agg(json_build_array(
          s.id, s.version, t.n, p.n, sub.n, (extract(epoch FROM s.starts_at) / 60)::bigint, s.wall::date - ${firstDay}::date,
          (extract(hour FROM s.wall) * 60 + extract(minute FROM s.wall))::int, s.duration_minutes, s.status, coalesce(co.status, ''),
          s.title, (s.mode = 'in_person')::int, s.location, coalesce(people.expected, people.everybody, '[]'),
          (s.series_id IS NOT NULL)::int
        ) ORDER BY s.starts_at, s.id), '[]')
        FROM shown s
        -- Each has all three. As inner joins, of whose rows the planner knows nothing, they are taken to leave one session,
        -- and then all are held against every tutor.
        LEFT JOIN tutors t ON t.id = s.tutor_id
        LEFT JOIN programs p ON p.id = s.program_id
        LEFT JOIN subjects sub ON sub.id = s.subject_id
        LEFT JOIN people ON people.session_id = s.id
        LEFT JOIN (
          SELECT session_id, status FROM close_out WHERE session_id = ANY(ARRAY(SELECT id FROM shown))
        ) co ON co.session_id = s.id
      )
    )::text AS board
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('an aggregate without a row');
  return row.board;
}
