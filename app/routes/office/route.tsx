import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { officeNav } from '#app/ui/nav.ts';
import { OfficeShell } from '#app/ui/office-shell.tsx';
import { needsServer } from '#app/ui/page-address.ts';
import { shellData } from '#app/ui/shell-data.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'office.enter');
  return { shell: await shellData(args.context, user, officeNav(user)) };
}

export const shouldRevalidate: ShouldRevalidateFunction = needsServer;

export default function Office() {
  const { shell } = useLoaderData<typeof loader>();
  return (
    <OfficeShell shell={shell}>
      <Outlet />
    </OfficeShell>
  );
}
