import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** What a tutor ticks of their own checklist. */
export async function action(args: ActionFunctionArgs) {
  return tickAction(args, await authorize(args, 'tutor.enter'), 'person', '/tutor');
}
