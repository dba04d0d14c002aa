import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { signOut } from '#app/auth/sign-in.server.ts';

/** Signing out is a write: a link somebody else put on a page must not do it. */
export function loader() {
  return redirect('/');
}

export async function action(args: ActionFunctionArgs) {
  return redirect('/login?notice=signed-out', { headers: await signOut(args) });
}
