import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { loadNewMessage, sendNewMessage } from '../conversation-pages/new-message.server.ts';
import { NewMessage } from '../conversation-pages/new-message.tsx';

export const meta: MetaFunction = () => [{ title: 'New message · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadNewMessage(args, 'family');

export const action = (args: ActionFunctionArgs) => sendNewMessage(args, 'family');

export default function NewFamilyMessage() {
  return <NewMessage />;
}
