import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** Nothing to see here: whoever reloads, or signs in again after a tick, goes on at home. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'tutor.enter');
  return redirect('/tutor');
}

/** What a tutor ticks of their own checklist. */
export async function action(args: ActionFunctionArgs) {
  return tickAction(args, await authorize(args, 'tutor.enter'), 'person', '/tutor');
}
