import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

/** Whom the office rings: the client of a request. */
export async function findContacts(db: Kysely<DB>, of: { clientId: string | null }) {
  const client = of.clientId
    ? await db
        .selectFrom('client')
        .select(['email', 'phone', 'status', 'archivedAt'])
        .where('id', '=', of.clientId)
        .executeTakeFirst()
    : undefined;
  return {
    email: client?.email ?? null,
    phone: client?.phone ?? null,
    prospect: client?.status === 'prospect',
    archived: (client?.archivedAt ?? null) !== null,
  };
}
