import { authorize } from '#app/auth/authorize.server.ts';
import type { RequestArgs } from '#app/auth/find-user.server.ts';
import { familyOfUser, type SignedInUser } from '#app/auth/signed-in-user.ts';
import type { ConversationsOf } from '#app/domain/conversations/queries.server.ts';
import type { Place } from './places.ts';

/** Whose conversations are shown at a place. In the tutor's part nobody reads as the office, whatever roles they hold beside. */
export async function readerOf(args: RequestArgs, place: Place): Promise<{ user: SignedInUser; of: ConversationsOf }> {
  if (place === 'office') return { user: await authorize(args, 'conversation.moderate'), of: 'all' };
  if (place === 'family') {
    const user = await authorize(args, 'family.enter');
    return { user, of: { studentIds: familyOfUser(user).studentIds } };
  }
  const user = await authorize(args, 'tutor.enter');
  return { user, of: user.tutorId ? { tutorId: user.tutorId } : { studentIds: [] } };
}
