import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { inviteUser } from './invite-user.server.ts';
import { fullName } from './names.ts';
import { resendInvitation } from './resend-invitation.server.ts';
import type { RecordLink } from './user.schema.ts';

/**
 * Invites a person of the business to sign in at the address of their record; who was invited and has not accepted gets a
 * fresh link, and the one before stops working.
 * @throws DomainError not_found; invalid_value without an address or archived; already_done for who signs in; as inviteUser
 */
export async function invitePerson(db: Kysely<DB>, ctx: DomainContext, actor: Actor, link: RecordLink): Promise<void> {
  const person = await findPerson(db, link);
  if (!person) throw new DomainError('not_found', 'This record is not there.');
  if (person.archivedAt) throw new DomainError('invalid_value', 'Archived: bring them back first.');
  if (person.userId) {
    await resendInvitation(db, ctx, actor, { userId: person.userId });
    return;
  }
  if (!person.email) throw new DomainError('invalid_value', 'Add an e-mail address first.');
  await inviteUser(db, ctx, actor, { email: person.email, name: person.name, roles: [link.type], link });
}

async function findPerson(db: Kysely<DB>, { type, id }: RecordLink) {
  if (type === 'client')
    return db.selectFrom('client').select(['name', 'email', 'userId', 'archivedAt']).where('id', '=', id).executeTakeFirst();
  const row = await db
    .selectFrom(type)
    .select(['firstName', 'lastName', 'email', 'userId', 'archivedAt'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, name: fullName(row) };
}
