import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { teaches } from './teaches.server.ts';

export interface Conversation {
  id: string;
  tutorId: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  clientId: string;
  closedAt: Date | null;
  /** They have to do with each other at present, so both may write. */
  active: boolean;
}

export interface ConversationLine extends Conversation {
  lastMessageAt: Date;
  /** Of the newest message that was not taken out. */
  lastSide: string | null;
  lastBody: string | null;
  /** Messages of others that the reader has not read. */
  unread: number;
}

/** Whose conversations somebody sees. */
export type ConversationsOf = { tutorId: string } | { studentIds: readonly string[] } | 'all';

const COLUMNS = sql`c.id, c.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, c.student_id,
  concat_ws(' ', st.first_name, st.last_name) AS student_name, st.client_id, c.closed_at`;
const TABLES = sql`conversation c JOIN tutor t ON t.id = c.tutor_id JOIN student st ON st.id = c.student_id`;

const unreadBy = (userId: string) => sql`(
  SELECT count(*)::int FROM conversation_message m
  LEFT JOIN conversation_read r ON r.conversation_id = m.conversation_id AND r.user_id = ${userId}
  WHERE m.conversation_id = c.id AND m.removed_at IS NULL AND m.sender_user_id IS DISTINCT FROM ${userId}
    AND m.created_at > coalesce(r.read_at, '-infinity'))`;

function ofWhom(of: ConversationsOf): RawBuilder<boolean> {
  if (of === 'all') return sql<boolean>`true`;
  if ('tutorId' in of) return sql<boolean>`c.tutor_id = ${of.tutorId}`;
  return sql<boolean>`c.student_id = ANY (${[...of.studentIds]}::uuid[])`;
}

/** Escapes what LIKE gives a meaning. */
const containing = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

export interface ConversationFilter {
  of: ConversationsOf;
  /** Who reads, for what is unread. */
  userId: string;
  /** In the names or in a message. */
  text?: string;
  studentId?: string | undefined;
  limit: number;
  offset?: number;
}

const conditions = ({ of, text = '', studentId }: Omit<ConversationFilter, 'userId' | 'limit'>) =>
  sql.join(
    [
      ofWhom(of),
      sql`c.last_message_at IS NOT NULL`,
      ...(studentId ? [sql`c.student_id = ${studentId}`] : []),
      ...text
        .split(/\s+/)
        .filter(Boolean)
        .map(
          (
            word,
          ) => sql`(unaccent(concat_ws(' ', t.first_name, t.last_name, st.first_name, st.last_name)) ILIKE unaccent(${containing(word)})
            OR EXISTS (SELECT 1 FROM conversation_message f WHERE f.conversation_id = c.id AND f.body ILIKE ${containing(word)}
              ${of === 'all' ? sql`` : sql`AND f.removed_at IS NULL`}))`,
        ),
    ],
    sql` AND `,
  );

/** The newest first; those without a message are not there. */
export async function listConversations(db: Kysely<DB>, now: Date, filter: ConversationFilter): Promise<ConversationLine[]> {
  const { rows } = await sql<ConversationLine>`
    SELECT ${COLUMNS}, ${teaches(sql`c.tutor_id`, sql`c.student_id`, now)} AS active, c.last_message_at,
           last.side AS last_side, last.body AS last_body, ${unreadBy(filter.userId)} AS unread
    FROM ${TABLES} LEFT JOIN LATERAL (
      SELECT m.side, left(m.body, 300) AS body FROM conversation_message m
      WHERE m.conversation_id = c.id AND m.removed_at IS NULL ORDER BY m.created_at DESC, m.id DESC LIMIT 1
    ) last ON true
    WHERE ${conditions(filter)}
    ORDER BY c.last_message_at DESC, c.id LIMIT ${filter.limit} OFFSET ${filter.offset ?? 0}`.execute(db);
  return rows;
}

export async function countConversations(db: Kysely<DB>, filter: Omit<ConversationFilter, 'userId' | 'limit'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${TABLES} WHERE ${conditions(filter)}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Conversations with something the reader has not read. */
export async function countUnread(db: Kysely<DB>, of: Exclude<ConversationsOf, 'all'>, userId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM conversation c WHERE ${ofWhom(of)} AND ${unreadBy(userId)} > 0`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function findConversation(db: Kysely<DB>, now: Date, id: string): Promise<Conversation | undefined> {
  const { rows } = await sql<Conversation>`
    SELECT ${COLUMNS}, ${teaches(sql`c.tutor_id`, sql`c.student_id`, now)} AS active FROM ${TABLES} WHERE c.id = ${id}`.execute(
    db,
  );
  return rows[0];
}

/** @throws DomainError not_found */
export async function getConversation(db: Kysely<DB>, now: Date, id: string): Promise<Conversation> {
  const conversation = await findConversation(db, now, id);
  if (!conversation) throw new DomainError('not_found', 'This conversation is not there.');
  return conversation;
}

export interface MessageRow {
  id: string;
  side: 'tutor' | 'client' | 'student' | 'office';
  /** Who wrote it; of the office the user. */
  author: string;
  senderUserId: string | null;
  /** Null: taken out, and the reader is not of the office. */
  body: string | null;
  via: string;
  createdAt: Date;
  removedAt: Date | null;
  /** Somebody of the other side has read it. */
  read: boolean;
}

/** The oldest of the newest first. `removedToo`: with the text of what was taken out, which the office alone reads. */
export async function listMessages(
  db: Kysely<DB>,
  conversation: Pick<Conversation, 'id'>,
  { limit, removedToo }: { limit: number; removedToo: boolean },
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    SELECT * FROM (
      SELECT m.id, m.side, m.sender_user_id, m.via, m.created_at, m.removed_at,
             CASE WHEN m.removed_at IS NULL OR ${removedToo} THEN m.body END AS body,
             CASE m.side WHEN 'tutor' THEN concat_ws(' ', t.first_name, t.last_name)
                         WHEN 'client' THEN coalesce(cl.name, '')
                         WHEN 'student' THEN concat_ws(' ', st.first_name, st.last_name)
                         ELSE coalesce(u.name, '') END AS author,
             EXISTS (SELECT 1 FROM conversation_read r
                     WHERE r.conversation_id = m.conversation_id AND r.read_at >= m.created_at
                       AND r.user_id IS DISTINCT FROM m.sender_user_id
                       AND coalesce(r.user_id = t.user_id, false) = (m.side IN ('client', 'student'))
                       AND (r.user_id = t.user_id OR NOT EXISTS (
                         SELECT 1 FROM user_role o WHERE o.user_id = r.user_id AND o.role IN ('owner', 'admin', 'scheduler')))
             ) AS read
      FROM conversation_message m JOIN conversation c ON c.id = m.conversation_id JOIN tutor t ON t.id = c.tutor_id
           JOIN student st ON st.id = c.student_id LEFT JOIN client cl ON cl.id = m.sender_client_id
           LEFT JOIN users u ON u.id = m.sender_user_id
      WHERE m.conversation_id = ${conversation.id}
      ORDER BY m.created_at DESC, m.id DESC LIMIT ${limit}
    ) newest ORDER BY created_at, id`.execute(db);
  return rows;
}

export interface Partner {
  tutorId: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  /** Their conversation, where they have one. */
  conversationId: string | null;
}

/** With whom somebody may begin to write: the tutor's students, or the tutors of the family's children. */
export async function listPartners(db: Kysely<DB>, now: Date, of: Exclude<ConversationsOf, 'all'>): Promise<Partner[]> {
  const [pairs, column] =
    'tutorId' in of ? [sql`= ${of.tutorId}`, sql`tutor_id`] : [sql`= ANY (${[...of.studentIds]}::uuid[])`, sql`student_id`];
  const { rows } = await sql<Partner>`
    SELECT p.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, p.student_id,
           concat_ws(' ', st.first_name, st.last_name) AS student_name, c.id AS conversation_id
    FROM (
      SELECT e.tutor_id, e.student_id FROM engagement e WHERE e.${column} ${pairs}
      UNION
      SELECT s.tutor_id, a.student_id FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE ${'tutorId' in of ? sql`s` : sql`a`}.${column} ${pairs} AND s.ends_at > ${now}::timestamptz - interval '31 days'
    ) p JOIN tutor t ON t.id = p.tutor_id JOIN student st ON st.id = p.student_id
    LEFT JOIN conversation c ON c.tutor_id = p.tutor_id AND c.student_id = p.student_id
    WHERE ${teaches(sql`p.tutor_id`, sql`p.student_id`, now)} AND t.archived_at IS NULL AND st.archived_at IS NULL
    ORDER BY student_name, tutor_name, p.student_id LIMIT 200`.execute(db);
  return rows;
}
