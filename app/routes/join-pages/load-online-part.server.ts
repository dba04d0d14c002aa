import type { AppContext } from '#app/context.ts';
import { listGuestLinks } from '#app/domain/meetings/guest-link-queries.server.ts';
import { readinessWords } from '#app/domain/meetings/readiness.ts';
import { listReadiness } from '#app/domain/meetings/readiness-queries.server.ts';
import type { PresenceView } from '#app/ui/session-presence.ts';
import { type Reader, stampText } from '#app/ui/session-when.ts';
import { loadPresence, type OnlineSession } from './load-presence.server.ts';

export interface GuestLinkView {
  attendanceId: string;
  joinPass: number;
  studentName: string;
  url: string;
  /** Where it would be mailed to; null: nobody's address is known. */
  mailTo: string | null;
  /** When it was mailed last, in words. */
  mailed: string | null;
  /** The student signs in, and needs none. */
  hasAccount: boolean;
}

/** What the office's and the tutor's page of an online session say of joining: who was there, and the guests' links. */
export interface OnlinePart {
  presence: PresenceView | null;
  /** Who checked camera and microphone before, while it is still to come. */
  ready: { userId: string; name: string; text: string; ok: boolean }[];
  guests: GuestLinkView[];
}

export async function loadOnlinePart(
  context: Pick<AppContext, 'db' | 'config'>,
  session: OnlineSession,
  reader: Reader,
): Promise<OnlinePart | null> {
  if (session.mode !== 'online') return null;
  const open = session.status === 'scheduled' && reader.now < session.endsAt;
  const [presence, checks, guests] = await Promise.all([
    loadPresence(context, session, reader),
    open ? listReadiness(context.db, session.id, reader.now) : [],
    open ? listGuestLinks(context.db, context.config, session.id) : [],
  ]);
  const ready = checks.map(({ userId, name, checkedAt, ok, result }) => ({
    ...{ userId, name, ok },
    text: `${readinessWords(result)}, ${stampText(reader, checkedAt)}`,
  }));
  return {
    presence,
    ready,
    guests: guests.map(({ mailedAt, ...guest }) => ({ ...guest, mailed: mailedAt && stampText(reader, mailedAt) })),
  };
}
