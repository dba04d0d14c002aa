import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { officeNav } from '#app/ui/nav.ts';
import { OfficeShell } from '#app/ui/office-shell.tsx';
import { shellData } from '#app/ui/shell-data.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'office.enter');
  return { shell: await shellData(args.context, user, officeNav(user)) };
}

export default function Office() {
  const { shell } = useLoaderData<typeof loader>();
  return (
    <OfficeShell shell={shell}>
      <Outlet />
    </OfficeShell>
  );
}
