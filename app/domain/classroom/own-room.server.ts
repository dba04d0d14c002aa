import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { OwnRoom } from '#plugins/contract/index.ts';
import type { RoomSession } from './find-seat.server.ts';
import type { Seat } from './seat.ts';

interface Seated {
  seat: Seat;
  session: RoomSession;
  installId: string;
}

/**
 * What the page of a classroom is made with for one person, with passwords of their own. A provider that was switched off
 * meanwhile gives nothing more: the room stays the room, and who can reach each other directly does.
 */
export async function ownRoomFor(
  db: Kysely<DB>,
  { plugins, clock, log }: Pick<AppContext, 'plugins' | 'clock' | 'log'>,
  { seat, session, installId }: Seated,
): Promise<OwnRoom> {
  const { tutorId: id, tutorName: name, opensAt, closesAt } = session;
  const who = { userId: seat.key, name: seat.name, email: null, role: seat.role };
  const window = { opensAt, closesAt, tutor: { id, name, email: null, personalRoomUrl: null } };
  try {
    const { provider } = await plugins.meetingProvider(db, installId, { disabledToo: true });
    return provider.ownRoom?.(who, window, clock()) ?? { iceServers: [] };
  } catch (error) {
    log.warn({ err: error, sessionId: session.id, installId }, 'a classroom goes without its provider’s servers');
    return { iceServers: [] };
  }
}
