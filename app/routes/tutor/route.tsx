import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { BarShell } from '#app/ui/bar-shell.tsx';
import { tutorNav } from '#app/ui/nav.ts';
import { shellData } from '#app/ui/shell-data.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  return { shell: await shellData(args.context, user, tutorNav) };
}

export default function Tutor() {
  const { shell } = useLoaderData<typeof loader>();
  return (
    <BarShell shell={shell} home="/tutor">
      <Outlet />
    </BarShell>
  );
}
