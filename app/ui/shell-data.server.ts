import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { defaults } from '#config/defaults.ts';
import { type NavGroup, placesOf } from './nav.ts';
import type { Viewer } from './viewer.ts';

export interface ShellData {
  user: { name: string; email: string };
  organisation: string;
  viewer: Viewer;
  nav: NavGroup[];
  places: { to: string; label: string }[];
  /** Whether a person's page has the tab that erases. */
  mayErase: boolean;
}

/** What the frame around a page needs; the layout's loader hands it to the shell. */
export async function shellData(context: AppContext, user: SignedInUser, nav: NavGroup[]): Promise<ShellData> {
  const organisation = await findOrganisation(context.db);
  const zone = organisation?.timezone ?? defaults.timezone;
  return {
    user: { name: user.name, email: user.email },
    organisation: organisation?.name ?? 'Lectern',
    viewer: {
      timezone: user.timezone ?? zone,
      locale: user.locale ?? organisation?.locale ?? defaults.locale,
      organisationTimezone: zone,
      currency: organisation?.currency ?? defaults.currency,
    },
    nav,
    places: placesOf(user),
    mayErase: can(user, 'people.erase'),
  };
}
