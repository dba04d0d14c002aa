import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { actOnConversation, loadConversation } from '../conversation-pages/conversation.server.ts';
import { ConversationPage } from '../conversation-pages/conversation-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Messages · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadConversation(args, 'family');

export const action = (args: ActionFunctionArgs) => actOnConversation(args, 'family');

export default function FamilyConversation() {
  return <ConversationPage />;
}
