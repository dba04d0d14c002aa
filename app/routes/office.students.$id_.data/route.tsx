import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { eraseFromPage, loadDataPage } from '../person-pages/data-page.server.ts';
import { DataPage } from '../person-pages/data-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Student'}: data · Lectern` }];

export const loader = (args: LoaderFunctionArgs) => loadDataPage(args, 'student');

export const action = (args: ActionFunctionArgs) => eraseFromPage(args, 'student');

export default function StudentData() {
  return <DataPage />;
}
