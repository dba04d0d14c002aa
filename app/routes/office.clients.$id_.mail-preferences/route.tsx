import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { loadPersonMails, savePersonMails } from '../mail-pages/person-mails.server.ts';
import { PersonMails } from '../mail-pages/person-mails.tsx';

export const meta: MetaFunction = () => [{ title: 'Client: mails · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadPersonMails(args, 'client');

export const action = (args: ActionFunctionArgs) => savePersonMails(args, 'client');

export default function ClientMails() {
  return <PersonMails />;
}
