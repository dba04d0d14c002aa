import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { actOnConversation, loadConversation } from '../conversation-pages/conversation.server.ts';
import { ConversationPage } from '../conversation-pages/conversation-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Messages · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadConversation(args, 'tutor');

export const action = (args: ActionFunctionArgs) => actOnConversation(args, 'tutor');

export default function TutorConversation() {
  return <ConversationPage />;
}
