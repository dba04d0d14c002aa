import { Button, Group, Stack } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, Outlet, useLoaderData, useLocation } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can, homeFor } from '#app/auth/can.ts';
import { BarShell } from '#app/ui/bar-shell.tsx';
import { familyNav, officeNav, tutorNav } from '#app/ui/nav.ts';
import { OfficeShell } from '#app/ui/office-shell.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { shellData } from '#app/ui/shell-data.server.ts';

export const meta: MetaFunction = () => [{ title: 'Your account · Lectern' }];

/** The one place for all roles, in the frame each of them knows. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const office = can(user, 'office.enter');
  const elsewhere = can(user, 'tutor.enter') ? tutorNav({ offers: 0 }) : can(user, 'family.enter') ? familyNav(user) : [];
  const shell = await shellData(args.context, user, office ? officeNav(user) : elsewhere);
  return { shell, office, home: homeFor(user) };
}

const PAGES = [
  { to: '/account', label: 'You and your password' },
  { to: '/account/calendars', label: 'Calendars' },
  { to: '/account/mails', label: 'Mails' },
  { to: '/account/sessions', label: 'Where you are signed in' },
];

export default function Account() {
  const { shell, office, home } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const page = (
    <Stack gap="md" maw={680}>
      <PageHeader title="Your account" description={shell.user.email} />
      <nav aria-label="Your account">
        <Group gap="xs">
          {PAGES.map((one) => (
            <Button
              key={one.to}
              component={Link}
              to={one.to}
              size="xs"
              variant={pathname === one.to ? 'light' : 'subtle'}
              aria-current={pathname === one.to ? 'page' : undefined}
            >
              {one.label}
            </Button>
          ))}
        </Group>
      </nav>
      <Outlet />
    </Stack>
  );
  if (office) return <OfficeShell shell={shell}>{page}</OfficeShell>;
  return (
    <BarShell shell={shell} home={home}>
      {page}
    </BarShell>
  );
}
