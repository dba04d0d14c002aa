import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { RecordLink } from './user.schema.ts';

export interface Invitable {
  id: string;
  ref: string;
  name: string;
  email: string | null;
  /** When they were last invited and have not accepted; null: never. */
  invitedAt: Date | null;
  /** More than one person here has this address: one of them can sign in with it. */
  shared: boolean;
}

/** As many as one page shows. */
const MOST = 200;

const NAME = {
  tutor: sql`concat_ws(' ', p.first_name, nullif(p.last_name, ''))`,
  client: sql`p.name`,
  student: sql`concat_ws(' ', p.first_name, nullif(p.last_name, ''))`,
} as const;

/** Of tutors, those at work and on the way in; applicants are invited when they are taken on. */
const WHO = { tutor: sql`p.status IN ('onboarding', 'active')`, client: sql`true`, student: sql`p.email IS NOT NULL` } as const;

/** Who doesn't sign in yet: never invited first, without an address last; at most 200. */
export async function listInvitable(db: Kysely<DB>, type: RecordLink['type']): Promise<{ rows: Invitable[]; more: boolean }> {
  const { rows } = await sql<Invitable>`
    SELECT p.id, p.ref, ${NAME[type]} AS name, p.email::text AS email, sent.at AS invited_at,
      EXISTS (SELECT FROM users u WHERE u.email = p.email AND u.id IS DISTINCT FROM p.user_id) AS shared
    FROM ${sql.table(type)} p
    LEFT JOIN LATERAL (
      SELECT max(at) AS at FROM audit_log
      WHERE subject_type = 'user' AND subject_id = p.user_id AND action IN ('user.invite', 'user.invite_again', 'user.create')
    ) AS sent ON true
    WHERE p.archived_at IS NULL AND p.erased_at IS NULL AND ${WHO[type]}
      AND NOT EXISTS (SELECT FROM user_password w WHERE w.user_id = p.user_id)
    ORDER BY p.email IS NULL, p.user_id IS NOT NULL, (${NAME[type]}) COLLATE "und-x-icu", p.id LIMIT ${MOST + 1}`.execute(db);
  return { rows: rows.slice(0, MOST), more: rows.length > MOST };
}
