import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { homeFor } from '#app/auth/can.ts';
import { findUser } from '#app/auth/find-user.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await findUser(args);
  return redirect(user ? homeFor(user) : '/login');
}
