import { data } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { findMeeting, type JoinSession } from '#app/domain/meetings/queries.server.ts';
import { readinessSchema } from '#app/domain/meetings/readiness.ts';
import { findOwnReadiness, findRoomOrigin } from '#app/domain/meetings/readiness-queries.server.ts';
import { saveReadiness } from '#app/domain/meetings/save-readiness.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { readerOf, stampText } from '#app/ui/session-when.ts';

/** What there is to try about the room itself: its host, a call of our own, or nothing before one joins. */
export type RoomTry =
  | { kind: 'host'; origin: string; name: string }
  | { kind: 'own'; iceServers: { urls: string[]; username?: string; credential?: string }[] }
  | { kind: 'none'; name: string | null };

export interface ReadyFacts {
  /** "Algebra with Ana Núñez, Monday 2 March, 15:00"; null without a session. */
  session: string | null;
  back: { to: string; label: string };
  room: RoomTry;
  last: { text: string; ok: boolean } | null;
  support: string;
}

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'log'>;

export async function loadReady(
  context: Context,
  user: SignedInUser,
  session: JoinSession | null,
  back: ReadyFacts['back'],
): Promise<ReadyFacts> {
  const organisation = await getOrganisation(context.db);
  const reader = readerOf(user, organisation, context.clock());
  const last = await findOwnReadiness(context.db, user.id, session?.id ?? null);
  return {
    session: session && `${session.title} with ${session.tutorName}, ${stampText(reader, session.startsAt)}`,
    back,
    room: session ? await roomTry(context, user, session) : { kind: 'none', name: null },
    last: last ? { text: stampText(reader, last.checkedAt), ok: last.ok } : null,
    support: organisation.supportContact ?? '',
  };
}

async function roomTry(context: Context, user: SignedInUser, session: JoinSession): Promise<RoomTry> {
  const { db, plugins } = context;
  const meeting = session.mode === 'online' ? await findMeeting(db, session.id) : undefined;
  if (!meeting) return { kind: 'none', name: null };
  const install = await plugins.findInstall(db, meeting.installId);
  if (install?.usable && install.capabilities?.links === 'own') {
    const { provider } = await plugins.meetingProvider(db, meeting.installId);
    const who = { userId: user.id, name: user.name, email: user.email, role: 'guest' as const };
    const tutor = { id: session.tutorId, name: session.tutorName, email: null, personalRoomUrl: null };
    const window = { opensAt: session.startsAt, closesAt: session.endsAt, tutor };
    return { kind: 'own', iceServers: provider.ownRoom?.(who, window, context.clock()).iceServers ?? [] };
  }
  const origin = await findRoomOrigin(db, session.id);
  return origin ? { kind: 'host', origin, name: meeting.installName } : { kind: 'none', name: meeting.installName };
}

/** What the browser found, kept; the answer says how it stands. */
export async function answerReady(context: Context, user: SignedInUser, sessionId: string | null, form: FormData) {
  const result = readinessSchema.parse(Object.fromEntries(form));
  const { ok } = await saveReadiness(context.db, context, { userId: user.id, sessionId, result });
  return data({ ok, result });
}
