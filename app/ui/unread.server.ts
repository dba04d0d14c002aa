import { familyOfUser, type SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { countUnread } from '#app/domain/conversations/queries.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';

/** How many conversations have something new for them; null where the company has switched messages off. */
export async function unreadOf(
  { db }: Pick<AppContext, 'db'>,
  user: SignedInUser,
  as: 'tutor' | 'family',
): Promise<number | null> {
  if (!(await getMessageRules(db)).conversations) return null;
  if (as === 'family') return countUnread(db, { studentIds: familyOfUser(user).studentIds }, user.id);
  return user.tutorId ? countUnread(db, { tutorId: user.tutorId }, user.id) : 0;
}
