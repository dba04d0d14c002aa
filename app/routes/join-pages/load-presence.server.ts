import type { AppContext } from '#app/context.ts';
import { findPresence } from '#app/domain/meetings/presence-queries.server.ts';
import { type PresenceView, viewPresence } from '#app/ui/session-presence.ts';
import type { Reader } from '#app/ui/session-when.ts';

export interface OnlineSession {
  id: string;
  mode: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
}

const notHeld: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested'];

/** Who was there, of an online session that takes place; null where there is nothing to tell. */
export async function loadPresence(
  { db }: Pick<AppContext, 'db'>,
  session: OnlineSession,
  reader: Reader,
): Promise<PresenceView | null> {
  if (session.mode !== 'online' || notHeld.includes(session.status)) return null;
  const presence = await findPresence(db, session.id);
  return presence ? viewPresence(presence, session, reader) : null;
}
