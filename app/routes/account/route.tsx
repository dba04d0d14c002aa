import { Button, Group, Stack } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, Outlet, useLoaderData, useLocation } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { AnyShell } from '#app/ui/any-shell.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { shellFor } from '#app/ui/shell-for.server.ts';

export const meta: MetaFunction = () => [{ title: 'Your account · Lectern' }];

/** The one place for all roles, in the frame each of them knows. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  return shellFor(args.context, user);
}

const PAGES = [
  { to: '/account', label: 'You and your password' },
  { to: '/account/calendars', label: 'Calendars' },
  { to: '/account/mails', label: 'Mails' },
  { to: '/account/sessions', label: 'Where you are signed in' },
];

export default function Account() {
  const frame = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  return (
    <AnyShell {...frame}>
      <Stack gap="md" maw={680}>
        <PageHeader title="Your account" description={frame.shell.user.email} />
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
    </AnyShell>
  );
}
