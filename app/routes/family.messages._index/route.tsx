import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { ConversationList } from '../conversation-pages/conversation-list.tsx';
import { loadConversations } from '../conversation-pages/list.server.ts';

export const meta: MetaFunction = () => [{ title: 'Messages · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadConversations(args, 'family');

export default function FamilyMessages() {
  return <ConversationList />;
}
