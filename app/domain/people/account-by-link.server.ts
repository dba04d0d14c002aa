import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { DB } from '#db/types.ts';
import { addUser } from './invite-user.server.ts';
import type { RecordLink } from './user.schema.ts';
import { lockUsers, writeRoles } from './user-access.server.ts';
import { linkUser } from './user-link.server.ts';
import { type IssuedLink, issueLink } from './user-token.server.ts';

/**
 * The link that makes somebody of the business an account when they follow it, for a mail that is about something else.
 * Undefined where nothing has to be made: the address signs in here already, or is another record's.
 * @param records what they will be: clients and students alone, whoever asks for it
 */
export async function accountByLink(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  person: { email: string; name: string; records: readonly (RecordLink & { type: 'client' | 'student' })[] },
): Promise<IssuedLink | undefined> {
  await lockUsers(trx);
  const known = await trx
    .selectFrom('users')
    .leftJoin('userPassword', 'userPassword.userId', 'users.id')
    .select(['users.id', 'users.disabledAt', 'userPassword.userId as accepted'])
    .where('users.email', '=', person.email)
    .executeTakeFirst();
  const owners = await ownersOf(trx, person.records);
  const others = owners.filter((owner) => owner !== null && owner !== known?.id);
  if (owners.length === 0 || others.length > 0) return undefined;
  if (known) {
    if (known.accepted || known.disabledAt || !owners.includes(known.id)) return undefined;
    return issueLink(trx, ctx, 'invite', { id: known.id, email: person.email });
  }
  const roles = [...new Set(person.records.map((record) => record.type))];
  const userId = await addUser(trx, person);
  await writeRoles(trx, userId, roles);
  for (const link of person.records) await linkUser(trx, { userId, roles, link });
  const after = { roles, links: person.records };
  await audit(trx, actor, { action: 'user.invite', subjectType: 'user', subjectId: userId, after });
  return issueLink(trx, ctx, 'invite', { id: userId, email: person.email });
}

/** Who signs in for each of the records so far. */
async function ownersOf(trx: Transaction<DB>, records: readonly RecordLink[]): Promise<(string | null)[]> {
  const owners: (string | null)[] = [];
  for (const { type, id } of records) {
    const row = await trx.selectFrom(type).select('userId').where('id', '=', id).executeTakeFirst();
    owners.push(row?.userId ?? null);
  }
  return owners;
}
