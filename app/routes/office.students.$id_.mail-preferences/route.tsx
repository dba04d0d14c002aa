import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { loadPersonMails, savePersonMails } from '../mail-pages/person-mails.server.ts';
import { PersonMails } from '../mail-pages/person-mails.tsx';

export const meta: MetaFunction = () => [{ title: 'Student: mails · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadPersonMails(args, 'student');

export const action = (args: ActionFunctionArgs) => savePersonMails(args, 'student');

export default function StudentMails() {
  return <PersonMails />;
}
