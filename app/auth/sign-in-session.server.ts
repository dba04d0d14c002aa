import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { ABSOLUTE_DAYS } from './cookie.server.ts';
import { luciaOn } from './lucia.server.ts';
import { hashToken, newToken } from './token.server.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How exact "last seen" is: a page with ten requests should not write ten times. */
const SEEN_EVERY = 5 * 60 * 1000;

export interface Whence {
  ip: string;
  userAgent: string | null;
}

export interface SignInSession {
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  absoluteExpiresAt: Date;
  ip: string | null;
  userAgent: string | null;
}

/** Signs a user in with a new token. The token goes into the cookie and nowhere else; stored is its hash. */
export async function startSession(db: Kysely<DB>, now: Date, userId: string, whence: Whence): Promise<string> {
  const token = newToken();
  const lucia = luciaOn(db);
  // Nobody comes back to what has ended, so whoever comes clears it away.
  await lucia.deleteExpiredSessions();
  await lucia.createSession(
    userId,
    {
      created_at: now,
      last_seen_at: now,
      absolute_expires_at: new Date(now.getTime() + ABSOLUTE_DAYS * DAY),
      ip: whence.ip,
      user_agent: whence.userAgent?.slice(0, 300) ?? null,
    },
    { sessionId: hashToken(token) },
  );
  return token;
}

/** The session behind a cookie. Undefined when it ended by idling, by age, by revoking, or with its user. */
export async function findSession(db: Kysely<DB>, now: Date, token: string): Promise<SignInSession | undefined> {
  const lucia = luciaOn(db);
  const { session, user } = await lucia.validateSession(hashToken(token));
  if (session === null) return undefined;
  if (user.disabledAt !== null || session.absoluteExpiresAt <= now) {
    await lucia.invalidateSession(session.id);
    return undefined;
  }
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY) {
    await db.updateTable('signInSession').set({ lastSeenAt: now }).where('id', '=', session.id).execute();
  }
  return session;
}

/** A user's sessions that still hold, the one last seen first. */
export async function listSessions(db: Kysely<DB>, now: Date, userId: string): Promise<SignInSession[]> {
  const sessions = await luciaOn(db).getUserSessions(userId);
  return sessions
    .filter((session) => session.absoluteExpiresAt > now)
    .sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
}

/** Ends one of a user's own sessions. Another user's is not touched, whoever knows its id. */
export async function revokeSession(db: Kysely<DB>, userId: string, sessionId: string): Promise<boolean> {
  const own = await luciaOn(db).getUserSessions(userId);
  if (!own.some((session) => session.id === sessionId)) return false;
  await luciaOn(db).invalidateSession(sessionId);
  return true;
}

export async function revokeOtherSessions(db: Kysely<DB>, userId: string, keep: string): Promise<void> {
  for (const session of await luciaOn(db).getUserSessions(userId)) {
    if (session.id !== keep) await luciaOn(db).invalidateSession(session.id);
  }
}

export async function endSession(db: Kysely<DB>, token: string): Promise<void> {
  await luciaOn(db).invalidateSession(hashToken(token));
}
