import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** Nothing to see here: whoever reloads, or signs in again after a tick, goes on at home. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.write');
  return redirect('/office');
}

/** Ticks on the pages of people in the office. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  return tickAction(args, user, 'office', '/office');
}
