import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { loadNewMessage, sendNewMessage } from '../conversation-pages/new-message.server.ts';
import { NewMessage } from '../conversation-pages/new-message.tsx';

export const meta: MetaFunction = () => [{ title: 'New message · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadNewMessage(args, 'tutor');

export const action = (args: ActionFunctionArgs) => sendNewMessage(args, 'tutor');

export default function NewTutorMessage() {
  return <NewMessage />;
}
