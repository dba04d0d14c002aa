import { type RawBuilder, sql } from 'kysely';
import type { About, AboutType, Visibility } from '#app/domain/people/about.ts';
import { aboutTypeOf } from '#app/domain/people/about.ts';
import type { TimelineKind } from './timeline-filter.ts';

/** Whose timeline, and what of it its reader may see. */
export interface TimelineOf {
  about: About;
  visibilities: readonly Visibility[];
  /** Invoices, payments, packages, and the mails that are about them. */
  money: boolean;
  now: Date;
}

type Part = RawBuilder<unknown>;

/**
 * The statements whose rows make up a timeline: `key`, `at`, `what`, `who` (by whom or to whom), `data`. What a reader
 * may not see is in none of them. `by` of somebody who is gone is NULL.
 */
export function timelineParts(of: TimelineOf): Record<TimelineKind, Part[]> {
  const { type, id } = aboutTypeOf(of.about);
  const own = sql`${sql.ref(`${type}_id`)} = ${id}`;
  const person = type === 'request' ? undefined : type;
  return {
    note: [notes(own, of.visibilities)],
    file: [files(own, of.visibilities)],
    mail: person ? [mails(person, id, of.money)] : [],
    session: person ? [sessions(person, id, of.now)] : [],
    request: [...requests(type, id), ...offers(type, id)],
    task: [tasks(own)],
    change: [changes(type, id, of)],
    money: of.money && type === 'client' ? money(id) : [],
  };
}

const notes = (own: Part, visibilities: readonly Visibility[]) => sql`
  SELECT 'note:' || n.id AS key, n.created_at AS at, 'note' AS what, u.name AS who,
         json_build_object('body', n.body, 'visibility', n.visibility, 'pinned', n.pinned) AS data
  FROM note n LEFT JOIN users u ON u.id = n.author_id
  WHERE ${own} AND n.visibility = ANY(${[...visibilities]}::text[])`;

const files = (own: Part, visibilities: readonly Visibility[]) => sql`
  SELECT 'file:' || f.id, f.created_at, 'file', u.name,
         json_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes, 'visibility', f.visibility)
  FROM file f LEFT JOIN users u ON u.id = f.uploaded_by
  WHERE ${own} AND f.visibility = ANY(${[...visibilities]}::text[])`;

/** To their account or their address. Of a password's reset nothing is said, and what a mail says is never read. */
const mails = (person: 'tutor' | 'client' | 'student', id: string, money: boolean) => sql`
  SELECT 'mail:' || m.id, m.created_at, m.template, m.to_address,
         json_build_object('status', m.status, 'sessionId', m.session_id)
  FROM mail_message m
  WHERE m.id IN (
    SELECT x.id FROM mail_message x WHERE x.user_id = (SELECT p.user_id FROM ${sql.table(person)} p WHERE p.id = ${id})
    UNION
    SELECT x.id FROM mail_message x WHERE lower(x.to_address) = (SELECT lower(p.email::text) FROM ${sql.table(person)} p WHERE p.id = ${id})
  ) AND m.template <> 'reset' ${money ? sql`` : sql`AND m.template <> 'invoice'`}`;

/** Those whose time has come or that were called off; what lies ahead stands on the overview. */
const sessions = (person: 'tutor' | 'client' | 'student', id: string, now: Date) => sql`
  SELECT 'session:' || s.id, s.starts_at, s.status, concat_ws(' ', t.first_name, t.last_name),
         json_build_object('id', s.id, 'title', coalesce(nullif(s.title, ''), sub.name), 'minutes', s.duration_minutes,
           'students', (SELECT coalesce(json_agg(concat_ws(' ', st.first_name, nullif(st.last_name, '')) ORDER BY st.first_name), '[]')
                        FROM attendance a JOIN student st ON st.id = a.student_id
                        WHERE a.session_id = s.id ${person === 'tutor' ? sql`` : sql`AND a.${sql.ref(`${person}_id`)} = ${id}`}))
  FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id
  WHERE s.starts_at <= ${now} AND ${
    person === 'tutor'
      ? sql`s.tutor_id = ${id}`
      : sql`s.id IN (SELECT a.session_id FROM attendance a WHERE a.${sql.ref(`${person}_id`)} = ${id})`
  }`;

const ofRequest = (type: AboutType, id: string) =>
  type === 'request' ? sql`r.id = ${id}` : sql`r.${sql.ref(`${type}_id`)} = ${id}`;

const facts = sql`json_build_object('id', r.id, 'ref', r.ref, 'subject', sub.name, 'source', r.source)`;

function requests(type: AboutType, id: string): Part[] {
  if (type === 'tutor') return [];
  return [
    sql`
  SELECT 'request:' || r.id, r.created_at, 'request_opened', u.name, ${facts}
  FROM request r LEFT JOIN users u ON u.id = r.created_by LEFT JOIN subject sub ON sub.id = r.subject_id
  WHERE ${ofRequest(type, id)}`,
    sql`
  SELECT 'request:closed:' || r.id, r.closed_at, 'request_closed_' || st.kind, NULL,
         json_build_object('id', r.id, 'ref', r.ref, 'subject', sub.name, 'reason', r.closed_reason)
  FROM request r JOIN request_stage st ON st.id = r.stage_id LEFT JOIN subject sub ON sub.id = r.subject_id
  WHERE r.closed_at IS NOT NULL AND ${ofRequest(type, id)}`,
  ];
}

/** When one was asked, and what they answered; of a tutor their own alone. */
function offers(type: AboutType, id: string): Part[] {
  const whose = type === 'tutor' ? sql`ot.tutor_id = ${id}` : ofRequest(type, id);
  const tables = sql`FROM offer_tutor ot JOIN offer o ON o.id = ot.offer_id JOIN request r ON r.id = o.request_id
    JOIN tutor t ON t.id = ot.tutor_id LEFT JOIN subject sub ON sub.id = o.subject_id`;
  const tutor = sql`concat_ws(' ', t.first_name, t.last_name)`;
  return [
    sql`
  SELECT 'offer:' || o.id || ':' || ot.tutor_id, ot.sent_at, 'offer_sent', ${tutor}, ${facts}
  ${tables} WHERE ot.sent_at IS NOT NULL AND ${whose}`,
    sql`
  SELECT 'offer:answer:' || o.id || ':' || ot.tutor_id, ot.answered_at, 'offer_' || ot.status, ${tutor},
         json_build_object('id', r.id, 'ref', r.ref, 'subject', sub.name, 'reason', ot.decline_reason)
  ${tables} WHERE ot.answered_at IS NOT NULL AND ${whose}`,
  ];
}

const tasks = (own: Part) => sql`
  SELECT 'task:' || k.id, k.done_at, 'task_done', u.name, json_build_object('title', k.title)
  FROM task k LEFT JOIN users u ON u.id = k.done_by WHERE k.done_at IS NOT NULL AND ${own}`;

/** Notes and files stand there themselves; that there is one which the reader may not see is not said either. */
const changes = (type: AboutType, id: string, { visibilities, money }: TimelineOf) => sql`
  SELECT 'change:' || lpad(l.id::text, 20, '0'), l.at, l.action, coalesce(nullif(u.name, ''), u.email::text),
         json_build_object('before', l.before, 'after', l.after, 'reason', l.reason, 'actorKind', l.actor_kind, 'key', k.name)
  FROM audit_log l LEFT JOIN users u ON u.id = l.actor_user_id LEFT JOIN api_key k ON k.id = l.actor_api_key_id
  WHERE l.subject_type = ${type} AND l.subject_id = ${id} AND l.action NOT IN ('note.add', 'file.add')
    AND coalesce(l.after ->> 'visibility', l.before ->> 'visibility', 'office') = ANY(${[...visibilities]}::text[])
    AND coalesce(l.before ->> 'visibility', 'office') = ANY(${[...visibilities]}::text[])
    ${money ? sql`` : sql`AND l.action NOT LIKE 'package.%'`}`;

const money = (clientId: string): Part[] => [
  sql`
  SELECT 'money:invoice:' || i.id, i.created_at, 'invoice', NULL,
         json_build_object('id', i.id, 'number', i.number_text, 'amount', i.total::text, 'currency', i.currency)
  FROM invoice i WHERE i.client_id = ${clientId}`,
  sql`
  SELECT 'money:payment:' || p.id, p.created_at, 'payment', u.name,
         json_build_object('amount', p.amount::text, 'method', p.method)
  FROM payment p LEFT JOIN users u ON u.id = p.recorded_by WHERE p.client_id = ${clientId}`,
];
