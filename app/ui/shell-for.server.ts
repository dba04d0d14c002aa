import { can, homeFor } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { familyNav, officeNav, tutorNav } from './nav.ts';
import { shellData } from './shell-data.server.ts';

/** The frame each person knows, for a page that is everybody's. */
export async function shellFor(context: AppContext, user: SignedInUser) {
  const office = can(user, 'office.enter');
  const elsewhere = can(user, 'tutor.enter') ? tutorNav({ offers: 0 }) : can(user, 'family.enter') ? familyNav(user) : [];
  return { shell: await shellData(context, user, office ? officeNav(user) : elsewhere), office, home: homeFor(user) };
}
