import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** What a family ticks of its own checklists. */
export async function action(args: ActionFunctionArgs) {
  return tickAction(args, await authorize(args, 'family.enter'), 'person', '/family');
}
