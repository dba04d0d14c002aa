import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { actOnNotes, loadNotesPage } from '../person-pages/notes-page.server.ts';
import { NotesPage } from '../person-pages/notes-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? 'Request'}: notes and files · Lectern` },
];

export const loader = (args: LoaderFunctionArgs) => loadNotesPage(args, 'request');

export const action = (args: ActionFunctionArgs) => actOnNotes(args, 'request');

export default function RequestNotes() {
  return <NotesPage />;
}
