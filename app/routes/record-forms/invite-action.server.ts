import { type AppLoadContext, data } from '@remix-run/node';
import { actorOf, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { inviteUser } from '#app/domain/people/invite-user.server.ts';
import { refusedAction, type Told } from '#app/ui/record-form.server.ts';

interface Person {
  type: 'tutor' | 'client' | 'student';
  id: string;
  name: string;
  email: string | null;
}

/** The button Invite of a person's page. */
export async function inviteAction(context: AppLoadContext, user: SignedInUser, person: Person) {
  if (!can(user, 'users.manage')) throw forbidden();
  if (!person.email) return data<Told>({ message: 'Add an e-mail address first.' }, { status: 400 });
  try {
    await inviteUser(context.db, context, actorOf(user, context), {
      email: person.email,
      name: person.name,
      roles: [person.type],
      link: { type: person.type, id: person.id },
    });
    return null;
  } catch (error) {
    return refusedAction(error);
  }
}
