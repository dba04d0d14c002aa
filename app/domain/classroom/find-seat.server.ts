import { type Kysely, sql } from 'kysely';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { joinState } from '#app/domain/meetings/join-window.ts';
import { getJoinSession, type JoinSession, subjectOf } from '#app/domain/meetings/queries.server.ts';
import type { DB } from '#db/types.ts';
import { guestRoleOf, OVERRUN_MINUTES, roleOf, type Seat } from './seat.ts';

/** Who is at the door: somebody signed in, or a guest whose link to a place was found good. */
export type Comer = { user: SignedInUser } | { guest: { attendanceId: string; sessionId: string; name: string } };

/** A classroom's session, as far as the room goes by it. */
export interface RoomSession {
  id: string;
  title: string;
  tutorId: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
  opensAt: Date;
  /** Nobody stays any longer. */
  closesAt: Date;
  /** Past the end: only who was in comes in again. */
  overrun: boolean;
  supportContact: string | null;
}

export type Refusal =
  /** Nothing to know of: no such session, or none of theirs. */
  | 'not_found'
  | 'too_early'
  | 'over'
  | 'cancelled'
  | 'place_cancelled'
  /** Ended for all. */
  | 'ended'
  /** The session's room is elsewhere, or not there (yet). */
  | 'no_room'
  /** Not let in by the host. */
  | 'refused'
  | 'full';

export type FoundSeat =
  | { seat: Seat; session: RoomSession; installId: string }
  | { refused: Refusal; message: string; session?: RoomSession };

type Context = Pick<AppContext, 'clock' | 'plugins'>;

/**
 * The seat of one person in a session's classroom at this moment, or why there is none. Asked at the upgrade, and again while
 * they are in: what was taken away is taken away.
 */
export async function findSeat(db: Kysely<DB>, ctx: Context, sessionId: string, comer: Comer): Promise<FoundSeat> {
  const session = await getJoinSession(db, sessionId).catch((error) => {
    if (isDomainError(error, 'not_found')) return undefined;
    throw error;
  });
  const role = session && roleIn(session, comer);
  if (!session || !role) return { refused: 'not_found', message: 'There is no such session of yours.' };

  const meeting = await db
    .selectFrom('meeting')
    .leftJoin('classroom', 'classroom.sessionId', 'meeting.sessionId')
    .select(['meeting.installId', 'meeting.state', sql<boolean>`classroom.ended_at is not null`.as('ended')])
    .where('meeting.sessionId', '=', sessionId)
    .executeTakeFirst();
  const now = ctx.clock();
  const closesAt = new Date(session.endsAt.getTime() + OVERRUN_MINUTES * 60_000);
  const overrun = now >= session.endsAt && now < closesAt;
  const { state, opensAt } = joinState({
    ...session,
    now: overrun ? session.startsAt : now,
    meeting: meeting ? { state: meeting.state } : null,
  });
  const { id, title, tutorId, tutorName, startsAt, endsAt, supportContact } = session;
  const room = { id, title, tutorId, tutorName, startsAt, endsAt, opensAt, closesAt, overrun, supportContact };
  const refuse = (refused: Refusal, message: string) => ({ refused, message, session: room });

  if (role === 'cancelled') return refuse('place_cancelled', 'Your place in this session was cancelled.');
  if (state === 'cancelled') return refuse('cancelled', 'This session does not take place.');
  if (state === 'ended') return refuse('over', 'This session is over.');
  const install = meeting && (await ctx.plugins.findInstall(db, meeting.installId));
  if (!meeting || install?.capabilities?.links !== 'own') return refuse('no_room', 'This session is not in the classroom.');
  if (meeting.ended) return refuse('ended', 'The tutor ended this session for all.');
  if (state === 'too_early') return refuse('too_early', 'The classroom is not open yet.');
  if (state !== 'open') return refuse('no_room', 'The classroom is not there yet.');
  return { seat: seatOf(comer, role), session: room, installId: meeting.installId };
}

function roleIn(session: JoinSession, comer: Comer) {
  if ('guest' in comer) {
    return comer.guest.sessionId === session.id ? guestRoleOf(session, comer.guest.attendanceId) : undefined;
  }
  return can(comer.user, 'session.join', subjectOf(session)) ? roleOf(session, comer.user) : undefined;
}

function seatOf(comer: Comer, role: Seat['role']): Seat {
  if ('guest' in comer) {
    const { attendanceId, name } = comer.guest;
    return { key: attendanceId, userId: null, attendanceId, name, role };
  }
  const { id, name } = comer.user;
  return { key: id, userId: id, attendanceId: null, name, role };
}
