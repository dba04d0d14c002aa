import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { tickAction } from '../checklist-pages/tick-action.server.ts';

/** Nothing to see here: whoever reloads, or signs in again after a tick, goes on at home. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'family.enter');
  return redirect('/family');
}

/** What a family ticks of its own checklists. */
export async function action(args: ActionFunctionArgs) {
  return tickAction(args, await authorize(args, 'family.enter'), 'person', '/family');
}
