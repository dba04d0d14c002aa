import { type Kysely, sql } from 'kysely';
import { orderRoles, type Role } from '#app/auth/roles.ts';
import type { DB } from '#db/types.ts';
import type { RecordLink } from './user.schema.ts';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  /** invited: has no password yet. */
  status: 'active' | 'invited' | 'disabled';
  /** Of an invited user: until when the last link holds; null when none does. */
  invitedUntil: Date | null;
  lastSeenAt: Date | null;
  createdAt: Date;
  links: { type: RecordLink['type']; id: string; name: string }[];
}

function users(db: Kysely<DB>, now: Date) {
  return db
    .selectFrom('users')
    .leftJoin('userPassword', 'userPassword.userId', 'users.id')
    .leftJoin('tutor', 'tutor.userId', 'users.id')
    .leftJoin('client', 'client.userId', 'users.id')
    .leftJoin('student', 'student.userId', 'users.id')
    .select([
      'users.id',
      'users.email',
      'users.name',
      'users.disabledAt',
      'users.createdAt',
      'userPassword.userId as withPassword',
      'tutor.id as tutorId',
      'client.id as clientId',
      'client.name as clientName',
      'student.id as studentId',
      sql<string>`concat_ws(' ', tutor.first_name, nullif(tutor.last_name, ''))`.as('tutorName'),
      sql<string>`concat_ws(' ', student.first_name, nullif(student.last_name, ''))`.as('studentName'),
      sql<string[]>`array(select role from user_role where user_id = users.id)`.as('roles'),
      sql<Date | null>`(select max(last_seen_at) from sign_in_session where user_id = users.id)`.as('lastSeenAt'),
      sql<Date | null>`(select max(expires_at) from user_token where user_id = users.id and purpose = 'invite'
        and used_at is null and expires_at > ${now})`.as('invitedUntil'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof users>['executeTakeFirstOrThrow']>>;

function toUser(row: Row): UserRow {
  const links: UserRow['links'] = [];
  if (row.tutorId !== null) links.push({ type: 'tutor', id: row.tutorId, name: row.tutorName });
  if (row.clientId !== null)
    links.push({
      type: 'client',
      id: row.clientId,
      name: row.clientName ?? '',
    });
  if (row.studentId !== null) links.push({ type: 'student', id: row.studentId, name: row.studentName });
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: orderRoles(row.roles),
    status: row.disabledAt !== null ? 'disabled' : row.withPassword === null ? 'invited' : 'active',
    invitedUntil: row.invitedUntil,
    lastSeenAt: row.lastSeenAt,
    createdAt: row.createdAt,
    links,
  };
}

export const USERS_PER_PAGE = 50;

/** A page of users by name, disabled ones last. `search` is looked for in name and address. */
export async function listUsers(
  db: Kysely<DB>,
  now: Date,
  filter: { search?: string; role?: Role | undefined; page?: number } = {},
): Promise<{ users: UserRow[]; total: number }> {
  const page = Math.max(1, filter.page ?? 1);
  const pattern = `%${(filter.search ?? '').trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const role = filter.role ?? null;
  const matches = sql<boolean>`(users.name ilike ${pattern} or users.email::text ilike ${pattern})
    and (${role}::text is null or exists (select from user_role where user_id = users.id and role = ${role}))`;
  const rows = await users(db, now)
    .where(matches)
    .orderBy(sql`users.disabled_at is not null`)
    .orderBy(sql`lower(users.name)`)
    .orderBy('users.id')
    .limit(USERS_PER_PAGE)
    .offset((page - 1) * USERS_PER_PAGE)
    .execute();
  const { total } = await db
    .selectFrom('users')
    .where(matches)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return { users: rows.map(toUser), total };
}

export async function findUserRow(db: Kysely<DB>, now: Date, userId: string): Promise<UserRow | undefined> {
  const row = await users(db, now).where('users.id', '=', userId).executeTakeFirst();
  return row && toUser(row);
}

export interface LinkableRecord {
  /** `tutor:<id>`, as linkField reads it. */
  value: string;
  type: RecordLink['type'];
  name: string;
  email: string | null;
}

/** The people of the business nobody signs in for yet, for the choice of who a user is. */
export async function listLinkableRecords(db: Kysely<DB>): Promise<LinkableRecord[]> {
  const { rows } = await sql<{
    type: RecordLink['type'];
    id: string;
    name: string;
    email: string | null;
  }>`
    select 'tutor' as type, id, concat_ws(' ', first_name, nullif(last_name, '')) as name, email
      from tutor where user_id is null and archived_at is null
    union all
    select 'client', id, name, email from client where user_id is null and archived_at is null
    union all
    select 'student', id, concat_ws(' ', first_name, nullif(last_name, '')), email
      from student where user_id is null and archived_at is null
    order by type desc, name, id`.execute(db);
  return rows.map(({ id, ...row }) => ({ ...row, value: `${row.type}:${id}` }));
}

/** The demo's accounts that are there, in the order of the list given. */
export async function listExistingAddresses(db: Kysely<DB>, addresses: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .where('email', 'in', [...addresses])
    .where('disabledAt', 'is', null)
    .select('email')
    .execute();
  const there = rows.map((row) => row.email.toLowerCase());
  return addresses.filter((address) => there.includes(address));
}
