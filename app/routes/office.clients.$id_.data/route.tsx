import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { eraseFromPage, loadDataPage } from '../person-pages/data-page.server.ts';
import { DataPage } from '../person-pages/data-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Client'}: data · Lectern` }];

export const loader = (args: LoaderFunctionArgs) => loadDataPage(args, 'client');

export const action = (args: ActionFunctionArgs) => eraseFromPage(args, 'client');

export default function ClientData() {
  return <DataPage />;
}
