import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { type Participant, PluginError, z } from '#plugins/contract/index.ts';
import type { Guest } from './guest-link.server.ts';
import { type JoinStateName, joinState } from './join-window.ts';
import { findMeetingSession, haveOf, type MeetingSession, wantOf } from './meeting-session.server.ts';
import { failureOf, wayOut } from './provider-failure.ts';
import { provisionMeeting } from './provision-meeting.server.ts';
import type { JoinSession } from './queries.server.ts';

/** Who is at the door: as much of the signed-in user as it takes to know their part in the session. */
export interface Visitor {
  id: string;
  name: string;
  email: string;
  tutorId: string | null;
  clientIds: readonly string[];
  studentIds: readonly string[];
  guardedIds: readonly string[];
}

/** Somebody with a link to one place, and no account. */
export type GuestVisitor = Pick<Guest, 'attendanceId' | 'name'>;

type Part = 'tutor' | 'student' | 'client' | 'office' | 'guest';

export type JoinAnswer =
  | { state: 'open'; url: string }
  | {
      state: Exclude<JoinStateName, 'open'> | 'place_cancelled' | 'host_absent';
      opensAt: Date;
      /** For the office and the tutor: what went wrong, and what can be done about it. */
      reason: string | null;
      wayOut: string | null;
    };

type Context = Pick<AppContext, 'clock' | 'plugins' | 'enqueue' | 'log'>;

const link = z.url({ protocol: /^https$/ });

/**
 * The way into a session's room for one person, resolved at the click and written down: who joined, as what, and when.
 * Where there is no way in it says why, and nothing is written. Families wait until the tutor has come, unless they would
 * rather go in (`evenAlone`). That the person belongs to the session is checked by the caller. Never throws for a
 * provider's failure.
 */
export async function resolveJoinUrl(
  db: Kysely<DB>,
  ctx: Context,
  session: JoinSession,
  visitor: Visitor | GuestVisitor,
  { evenAlone = false }: { evenAlone?: boolean } = {},
): Promise<JoinAnswer> {
  const part = partOf(session, visitor);
  let meeting = await findMeetingSession(db, session.id);
  let { state, opensAt } = stateAt(ctx.clock(), session, meeting);
  const closed = (name: Exclude<JoinAnswer['state'], 'open'>, reason: string | null = null, code: string | null = null) =>
    ({ state: name, opensAt, reason, wayOut: reason ? wayOut(code) : null }) as const;

  if (part === 'cancelled') return closed('place_cancelled');
  if (state === 'pending' && meeting) {
    meeting = await makeNow(db, ctx, meeting);
    ({ state, opensAt } = stateAt(ctx.clock(), session, meeting));
  }
  if (state !== 'open' || !meeting) {
    const reason = state === 'failed' || state === 'pending' ? (meeting?.error ?? null) : null;
    return closed(state === 'open' ? 'none' : state, reason, meeting?.errorCode ?? null);
  }

  const waits = part !== 'tutor' && part !== 'office' && !session.hostCame && !evenAlone;
  if (waits && !(await hasOwnDoor(db, ctx, meeting))) return closed('host_absent');

  const guest = 'attendanceId' in visitor;
  const who: Participant = {
    userId: guest ? visitor.attendanceId : visitor.id,
    name: visitor.name,
    email: guest ? null : visitor.email || null,
    role: part === 'tutor' ? 'host' : part === 'office' ? 'observer' : 'guest',
  };
  let url: string | undefined;
  try {
    url = await linkFor(db, ctx, session, meeting, who, opensAt);
  } catch (error) {
    const failure = failureOf(error);
    ctx.log.warn({ sessionId: session.id, installId: meeting.installId, code: failure.code }, 'no link to a room');
    return closed('failed', failure.message, failure.code);
  }
  if (url === undefined) return closed('in_person');
  await db
    .insertInto('meetingJoin')
    .values({
      sessionId: session.id,
      role: part,
      joinedAt: ctx.clock(),
      ...(guest ? { attendanceId: visitor.attendanceId, guestName: visitor.name } : { userId: visitor.id }),
    })
    .execute();
  return { state: 'open', url };
}

/** What the door says at this moment: nobody is called, nothing is written. */
export async function lookAtDoor(
  db: Kysely<DB>,
  ctx: Pick<Context, 'clock'>,
  session: JoinSession,
  visitor: Visitor | GuestVisitor,
): Promise<{ state: JoinStateName | 'place_cancelled'; opensAt: Date; reason: null; wayOut: null }> {
  const { state, opensAt } = stateAt(ctx.clock(), session, await findMeetingSession(db, session.id));
  const gone = partOf(session, visitor) === 'cancelled';
  return { state: gone ? 'place_cancelled' : state, opensAt, reason: null, wayOut: null };
}

function stateAt(now: Date, session: JoinSession, meeting: MeetingSession | undefined) {
  return joinState({ ...session, now, meeting: meeting ? { state: meeting.state } : null });
}

/** A room of our own says itself who is there, and lets nobody sit alone unseen. */
async function hasOwnDoor(db: Kysely<DB>, ctx: Context, meeting: MeetingSession): Promise<boolean> {
  const install = await ctx.plugins.findInstall(db, meeting.installId);
  return install?.capabilities?.links === 'own';
}

/** A provider that calls nobody needs no queue: its room is made at the door if the queue has not come to it yet. */
async function makeNow(db: Kysely<DB>, ctx: Context, meeting: MeetingSession): Promise<MeetingSession | undefined> {
  const install = await ctx.plugins.findInstall(db, meeting.installId);
  if (!install?.capabilities || install.capabilities.provisioning === 'ahead') return meeting;
  await provisionMeeting({ ...ctx, db }, { sessionId: meeting.sessionId });
  return findMeetingSession(db, meeting.sessionId);
}

async function linkFor(
  db: Kysely<DB>,
  ctx: Context,
  session: JoinSession,
  meeting: MeetingSession,
  who: Participant,
  opensAt: Date,
): Promise<string | undefined> {
  const install = await ctx.plugins.findInstall(db, meeting.installId);
  if (install?.capabilities?.links === 'own') return `/classroom/${session.id}`;
  // Nothing new uses a provider that was switched off or taken out, but a room that was handed out stays the room.
  if (!install?.usable && meeting.joinUrl) return meeting.joinUrl;
  const { provider, context, code, mask } = await ctx.plugins.meetingProvider(db, meeting.installId);
  const window = { opensAt, closesAt: session.endsAt, tutor: meeting.tutor };
  try {
    const url = await provider.joinUrl(
      context(`join:${session.id}:${who.userId}`, meeting.connectionId, { atClick: true }),
      haveOf(meeting),
      who,
      window,
      wantOf(meeting, code(session.id)),
    );
    if (url === undefined || link.safeParse(url).success) return url;
  } catch (error) {
    const failure = failureOf(error);
    throw new PluginError(failure.code, mask(failure.message));
  }
  throw new PluginError('contract_violation', 'The provider gave a link that can’t be used.');
}

/** Someone's part in the session; `cancelled` when all of their places in it are. */
function partOf(session: JoinSession, visitor: Visitor | GuestVisitor): Part | 'cancelled' {
  const gone = (place: JoinSession['places'][number]) => place.outcome === 'cancelled' || place.outcome === 'late_cancel';
  if ('attendanceId' in visitor) {
    const place = session.places.find((one) => one.attendanceId === visitor.attendanceId);
    return !place || gone(place) ? 'cancelled' : 'guest';
  }
  if (visitor.tutorId === session.tutorId) return 'tutor';
  const own = session.places.filter(
    (place) =>
      visitor.studentIds.includes(place.studentId) ||
      visitor.clientIds.includes(place.clientId) ||
      visitor.guardedIds.includes(place.studentId),
  );
  if (own.length === 0) return 'office';
  if (own.every(gone)) return 'cancelled';
  return own.some((place) => visitor.studentIds.includes(place.studentId) && !visitor.clientIds.includes(place.clientId))
    ? 'student'
    : 'client';
}
