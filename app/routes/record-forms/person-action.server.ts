import type { ActionFunctionArgs } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { archiveAction } from './archive-action.server.ts';
import { inviteAction } from './invite-action.server.ts';

interface Person {
  type: 'tutor' | 'client' | 'student';
  get(db: ActionFunctionArgs['context']['db'], id: string): Promise<{ name: string; email: string | null }>;
}

/** The buttons of a person's page: Invite, Archive and Bring back. */
export async function personAction(args: ActionFunctionArgs, { type, get }: Person) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const intent = (await request.formData()).get('intent');
  if (intent === 'invite') {
    const { name, email } = await found(get(context.db, id));
    return inviteAction(context, user, { type, id, name, email });
  }
  return (await archiveAction(context, actorOf(user, context), { kind: type, id }, intent)) ?? null;
}
