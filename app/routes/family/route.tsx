import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { BarShell } from '#app/ui/bar-shell.tsx';
import { familyNav } from '#app/ui/nav.ts';
import { shellData } from '#app/ui/shell-data.server.ts';
import { unreadOf } from '#app/ui/unread.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  return { shell: await shellData(args.context, user, familyNav(user, await unreadOf(args.context, user, 'family'))) };
}

export default function Family() {
  const { shell } = useLoaderData<typeof loader>();
  return (
    <BarShell shell={shell} home="/family">
      <Outlet />
    </BarShell>
  );
}
