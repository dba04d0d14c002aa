import type { Kysely } from 'kysely';
import { readCookie } from '#app/auth/cookie.server.ts';
import { readUser } from '#app/auth/find-user.server.ts';
import { readGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { findSession } from '#app/auth/sign-in-session.server.ts';
import type { AppContext } from '#app/context.ts';
import { findGuest } from '#app/domain/meetings/guest-link.server.ts';
import type { DB } from '#db/types.ts';
import type { Comer } from './find-seat.server.ts';

/**
 * Who comes to a session's classroom with these cookies: whoever is signed in and of the session, else a guest with a link to
 * it, else whoever is signed in (the office looks on). Undefined for nobody.
 */
export async function findComer(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock' | 'config'>,
  cookies: string | null,
  sessionId: string,
): Promise<Comer | undefined> {
  const token = readCookie(ctx.config, cookies);
  const signedIn = token ? await findSession(db, ctx.clock(), token) : undefined;
  const user = signedIn && (await readUser(db, signedIn.userId, signedIn.id));
  if (user && (await isOfSession(db, sessionId, user))) return { user };
  const link = readGuestCookie(ctx.config, cookies);
  const guest = link && (await findGuest(db, ctx, link.token));
  if (guest?.sessionId === sessionId) return { guest: { ...guest, name: link?.name || guest.name } };
  return user && { user };
}

interface Person {
  tutorId: string | null;
  clientIds: readonly string[];
  studentIds: readonly string[];
  guardedIds: readonly string[];
}

/** Its tutor, or of the family of one of its places: not somebody of the office who happens to be signed in. */
async function isOfSession(db: Kysely<DB>, sessionId: string, person: Person): Promise<boolean> {
  const students = [...person.studentIds, ...person.guardedIds];
  const found = await db
    .selectFrom('session')
    .select('session.id')
    .where('session.id', '=', sessionId)
    .where((eb) =>
      eb.or([
        eb('session.tutorId', '=', person.tutorId),
        eb.exists(
          eb
            .selectFrom('attendance')
            .select('attendance.id')
            .whereRef('attendance.sessionId', '=', 'session.id')
            .where((either) =>
              either.or([
                either('attendance.studentId', '=', (any) => any.fn.any(any.val(students))),
                either('attendance.clientId', '=', (any) => any.fn.any(any.val([...person.clientIds]))),
              ]),
            ),
        ),
      ]),
    )
    .executeTakeFirst();
  return found !== undefined;
}
