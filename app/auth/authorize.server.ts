import { type AppLoadContext, redirect } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { type Action, can, type Subject } from './can.ts';
import { findUser, type RequestArgs } from './find-user.server.ts';
import { signInPath } from './redirect-target.ts';
import type { SignedInUser } from './signed-in-user.ts';

export { findUser } from './find-user.server.ts';

export interface AuthorizeOptions {
  /** Answer 404 instead of 403: that the record exists is a secret to this reader. */
  hide?: boolean;
}

/** The user behind the request if they may; else throws the answer: to the sign-in page, 403, or 404 with `hide`. */
export async function authorize(
  args: RequestArgs,
  action: Action,
  subject?: Subject,
  options: AuthorizeOptions = {},
): Promise<SignedInUser> {
  const user = await findUser(args);
  if (user === null) throw redirect(signInPath(args.request));
  if (!can(user, action, subject)) throw options.hide ? notFound() : forbidden();
  return user;
}

/** 403; the error page shows the way back. */
export function forbidden(): Response {
  return new Response('Your role does not include this.', {
    status: 403,
    statusText: 'Forbidden',
  });
}

/** The same for what doesn't exist and for what may not be known to exist. */
export function notFound(): Response {
  return new Response('There is nothing at this address.', {
    status: 404,
    statusText: 'Not Found',
  });
}

/** The person behind a use case, for the audit log. */
export function actorOf(user: SignedInUser | null, context: AppLoadContext): Actor {
  return {
    userId: user?.id ?? null,
    kind: user === null ? 'system' : 'user',
    requestId: context.requestId,
  };
}
