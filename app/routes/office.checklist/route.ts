import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** Ticks on the pages of people in the office. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  return tickAction(args, user, 'office', '/office');
}
