import { type Kysely, sql } from 'kysely';
import type { MailField } from '#app/domain/fields/mail-lines.ts';
import { guestUrl } from '#app/domain/meetings/guest-link.server.ts';
import { atHomeOfOthers, SOMEBODYS_HOME } from '#app/domain/scheduling/hidden-homes.server.ts';
import type { Config } from '#config/env.ts';
import type { DB } from '#db/types.ts';
import { oneLine } from './queue-mail.server.ts';

/** Who is told of a session, and what their mails say of it. */

export type Audience = 'tutor' | 'client' | 'student';

export interface Reader {
  audience: Audience;
  address: string;
  name: string;
  userId: string | null;
  zone: string | null;
  locale: string | null;
  /** Of a tutor: whether it is the one who taught it before. */
  former: boolean;
  studentId: string | null;
  studentName: string | null;
  gone: boolean | null;
  /** It takes place at a home whose address is not theirs to know. */
  homeHidden: boolean;
}

export interface SessionReaders {
  id: string;
  version: number;
  lesson: string;
  startsAt: Date;
  endsAt: Date;
  mode: string;
  location: string;
  status: string;
  tutor: string;
  company: string;
  contact: string | null;
  locale: string;
  timezone: string;
  /** What is set about mails. */
  messages: unknown;
  students: { id: string; name: string; gone: boolean; attendanceId: string; joinPass: number }[];
  /** Who has no account joins by a link of their own. */
  guestLinks: boolean;
  readers: Reader[];
  /** Additional fields that stand in mails, where the session has something in them. */
  mailFields: MailField[];
  custom: unknown;
}

const OVER: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled'];

/** It does not take place. One to which nobody is left may still be held open for others. */
export function isOff(session: Pick<SessionReaders, 'status'>): boolean {
  return OVER.includes(session.status);
}

/** Where each reader sees the session. */
export function sessionPath(audience: Audience, sessionId: string): string {
  return `/${audience === 'tutor' ? 'tutor' : 'family'}/sessions/${sessionId}`;
}

export function whereOf(session: Pick<SessionReaders, 'mode' | 'location'>, reader: Pick<Reader, 'homeHidden'>): string | null {
  if (session.mode === 'online') return 'Online';
  if (reader.homeHidden) return SOMEBODYS_HOME;
  return oneLine(session.location).slice(0, 500) || null;
}

/**
 * The way into the room for one reader: our own link, which asks who it is, or for somebody without an account the link of
 * their place. Null where there is no room to go into.
 */
export function joinLinkOf(
  session: Pick<SessionReaders, 'id' | 'mode' | 'students' | 'guestLinks'>,
  reader: Pick<Reader, 'userId' | 'studentId'>,
  config: Pick<Config, 'origin' | 'keyRing'>,
): string | null {
  if (session.mode !== 'online') return null;
  const place = session.students.find((student) => student.id === reader.studentId);
  if (reader.userId === null && place && session.guestLinks) return guestUrl(config, place);
  return `${config.origin}/sessions/${session.id}/join`;
}

/** One statement, whatever the number of sessions and of people in them; in the order of their starts. */
export async function listSessionReaders(
  trx: Kysely<DB>,
  sessions: readonly { sessionId: string; formerTutorId?: string | undefined }[],
): Promise<SessionReaders[]> {
  const ids = sessions.map((session) => session.sessionId);
  const formers = sessions.map((session) => session.formerTutorId ?? null);
  const { rows } = await sql<SessionReaders>`
    SELECT s.id, s.version, coalesce(nullif(s.title, ''), sub.name) AS lesson, s.starts_at, s.ends_at, s.mode,
           s.location, s.status, trim(t.first_name || ' ' || t.last_name) AS tutor,
           o.name AS company, o.email AS contact, o.locale, o.timezone, o.messages,
           coalesce((o.meetings ->> 'guest_links')::boolean, true) AS guest_links,
           coalesce((
             SELECT jsonb_agg(jsonb_build_object(
               'id', st.id, 'name', trim(st.first_name || ' ' || st.last_name),
               'gone', a.outcome IN ('cancelled', 'late_cancel'), 'attendanceId', a.id, 'joinPass', a.join_pass) ORDER BY st.first_name, st.id)
             FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id
           ), '[]') AS students,
           coalesce((
             SELECT jsonb_agg(to_jsonb(reader) ORDER BY reader."rank", reader."studentName", reader."studentId") FROM (
               SELECT 1 AS "rank", 'tutor' AS audience, coalesce(p.email, u.email) AS address,
                      trim(p.first_name || ' ' || p.last_name) AS name, p.user_id AS "userId",
                      coalesce(u.timezone, p.timezone) AS zone, u.locale, p.id <> s.tutor_id AS former,
                      NULL::uuid AS "studentId", NULL AS "studentName", NULL::boolean AS gone, false AS "homeHidden"
               FROM tutor p LEFT JOIN users u ON u.id = p.user_id
               WHERE p.id IN (s.tutor_id, wanted.former)
               UNION ALL
               SELECT 2, 'client', coalesce(c.email, u.email), c.name, c.user_id,
                      coalesce(u.timezone, c.timezone), u.locale, false,
                      st.id, trim(st.first_name || ' ' || st.last_name), a.outcome IN ('cancelled', 'late_cancel'), false
               FROM attendance a JOIN student st ON st.id = a.student_id JOIN client c ON c.id = a.client_id
                    LEFT JOIN users u ON u.id = c.user_id
               WHERE a.session_id = s.id
               UNION ALL
               -- Who cares for a student while somebody else pays.
               SELECT 4, 'client', coalesce(c.email, u.email), c.name, c.user_id,
                      coalesce(u.timezone, c.timezone), u.locale, false,
                      st.id, trim(st.first_name || ' ' || st.last_name), a.outcome IN ('cancelled', 'late_cancel'),
                      ${atHomeOfOthers(sql`ARRAY[c.id]`)}
               FROM attendance a JOIN student st ON st.id = a.student_id
                    JOIN student_guardian g ON g.student_id = st.id AND g.gets_mails JOIN client c ON c.id = g.client_id
                    LEFT JOIN users u ON u.id = c.user_id
               WHERE a.session_id = s.id AND c.archived_at IS NULL AND c.id <> a.client_id
               UNION ALL
               SELECT 3, 'student', coalesce(st.email, u.email), trim(st.first_name || ' ' || st.last_name), st.user_id,
                      coalesce(u.timezone, st.timezone), u.locale, false,
                      st.id, trim(st.first_name || ' ' || st.last_name), a.outcome IN ('cancelled', 'late_cancel'), false
               FROM attendance a JOIN student st ON st.id = a.student_id LEFT JOIN users u ON u.id = st.user_id
               WHERE a.session_id = s.id
             ) reader WHERE reader.address IS NOT NULL
           ), '[]') AS readers,
           s.custom,
           coalesce((
             SELECT jsonb_agg(jsonb_build_object(
               'id', f.id, 'label', f.label, 'type', f.type, 'choices', f.choices, 'seenBy', f.seen_by) ORDER BY f.position, f.id)
             FROM custom_field f
             WHERE f.entity = 'session' AND f.in_mail AND f.archived_at IS NULL AND s.custom ? f.id::text
           ), '[]') AS mail_fields
    FROM unnest(${ids}::uuid[], ${formers}::uuid[]) AS wanted(id, former)
         JOIN session s ON s.id = wanted.id JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id
         CROSS JOIN organisation o
    ORDER BY s.starts_at, s.id`.execute(trx);
  return rows;
}
