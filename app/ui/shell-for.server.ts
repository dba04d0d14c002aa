import { can, homeFor } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { countTutorOffers } from '#app/domain/offers/tutor-queries.server.ts';
import { familyNav, officeNav, tutorNav } from './nav.ts';
import { shellData } from './shell-data.server.ts';
import { unreadOf } from './unread.server.ts';

async function elsewhere(context: AppContext, user: SignedInUser) {
  if (can(user, 'tutor.enter')) {
    const offers = user.tutorId ? await countTutorOffers(context.db, context.clock(), user.tutorId) : 0;
    return tutorNav({ offers, unread: await unreadOf(context, user, 'tutor') });
  }
  return can(user, 'family.enter') ? familyNav(user, await unreadOf(context, user, 'family')) : [];
}

/** The frame each person knows, for a page that is everybody's. */
export async function shellFor(context: AppContext, user: SignedInUser) {
  const office = can(user, 'office.enter');
  return {
    shell: await shellData(context, user, office ? officeNav(user) : await elsewhere(context, user)),
    office,
    home: homeFor(user),
  };
}
