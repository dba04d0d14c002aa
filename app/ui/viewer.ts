import { useRouteLoaderData } from '@remix-run/react';
import type { ShellData } from './shell-data.server.ts';

export interface Viewer {
  /** Where the reader is. */
  timezone: string;
  locale: string;
  /** The company's zone and currency. */
  organisationTimezone: string;
  currency: string;
}

/** Before signing in, and where no organisation is set up yet. */
const nobody: Viewer = { timezone: 'UTC', locale: 'en-GB', organisationTimezone: 'UTC', currency: 'EUR' };

/** Who reads this page, from the layout around it. */
export function useViewer(): Viewer {
  const office = useRouteLoaderData('routes/office') as { shell: ShellData } | undefined;
  const tutor = useRouteLoaderData('routes/tutor') as { shell: ShellData } | undefined;
  const family = useRouteLoaderData('routes/family') as { shell: ShellData } | undefined;
  const account = useRouteLoaderData('routes/account') as { shell: ShellData } | undefined;
  return (office ?? tutor ?? family ?? account)?.shell.viewer ?? nobody;
}
