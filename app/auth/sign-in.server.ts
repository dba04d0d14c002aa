import { blankCookie, readCookie, writeCookie } from './cookie.server.ts';
import { forgetUser, type RequestArgs, readUser } from './find-user.server.ts';
import { countTry, forgetTries, forgiveTry, networkOf, type Try, waitMessage } from './limits.server.ts';
import { verifyPassword } from './password.server.ts';
import { endSession, startSession } from './sign-in-session.server.ts';
import type { SignedInUser } from './signed-in-user.ts';
import { hashToken } from './token.server.ts';

export interface SignedIn {
  user: SignedInUser;
  headers: { 'Set-Cookie': string };
}

export type SignInResult = ({ ok: true } & SignedIn) | { ok: false; status: 400 | 429; message: string; retryAfter?: number };

/** One text for all: that an address has an account here is nobody's business. */
const WRONG = 'This e-mail address and password do not belong together. Check both, or choose a new password.';

export async function signIn(args: RequestArgs, input: { email: string; password: string }): Promise<SignInResult> {
  const { context } = args;
  const email = input.email.trim().toLowerCase();
  const network = networkOf(context.clientIp);
  const pair: Try[] = [{ limit: 'signInPair', of: `${email} ${network}` }];
  const wide: Try[] = [
    { limit: 'signInAccount', of: email },
    { limit: 'signInAddress', of: network },
  ];
  const wait = await countTry(context.db, [...pair, ...wide]);
  if (wait !== undefined)
    return {
      ok: false,
      status: 429,
      message: waitMessage(wait),
      retryAfter: wait,
    };

  const found = await context.db
    .selectFrom('users')
    .leftJoin('userPassword', 'userPassword.userId', 'users.id')
    .where('users.email', '=', email)
    .where('users.disabledAt', 'is', null)
    .select(['users.id', 'userPassword.hash'])
    .executeTakeFirst();
  const fits = await verifyPassword(found?.hash ?? undefined, input.password);
  if (found === undefined || !fits) return { ok: false, status: 400, message: WRONG };

  await Promise.all([forgetTries(context.db, pair), forgiveTry(context.db, wide)]);
  const signedIn = await signInAs(args, found.id);
  // Disabled between the two: the same answer as before.
  return signedIn === undefined ? { ok: false, status: 400, message: WRONG } : { ok: true, ...signedIn };
}

/**
 * A new session for a user who has just proved who they are, and the end of the one the request came with: a token
 * that was known before signing in, or before a change of role or password, is worth nothing afterwards.
 */
export async function signInAs({ request, context }: RequestArgs, userId: string): Promise<SignedIn | undefined> {
  const before = readCookie(context.config, request.headers.get('Cookie'));
  if (before !== undefined) await endSession(context.db, before);
  const token = await startSession(context.db, context.clock(), userId, {
    ip: context.clientIp,
    userAgent: request.headers.get('User-Agent'),
  });
  forgetUser(context);
  const user = await readUser(context.db, userId, hashToken(token));
  return (
    user && {
      user,
      headers: { 'Set-Cookie': writeCookie(context.config, token) },
    }
  );
}

export async function signOut({ request, context }: RequestArgs): Promise<{ 'Set-Cookie': string }> {
  const token = readCookie(context.config, request.headers.get('Cookie'));
  if (token !== undefined) await endSession(context.db, token);
  forgetUser(context);
  return { 'Set-Cookie': blankCookie(context.config) };
}
