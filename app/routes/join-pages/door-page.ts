import { LATE_AFTER_MINUTES } from '#app/domain/meetings/join-window.ts';
import type { JoinSession } from '#app/domain/meetings/queries.server.ts';
import type { JoinAnswer } from '#app/domain/meetings/resolve-join-url.server.ts';

interface Reader {
  now: Date;
  timezone: string;
  locale: string;
  /** The office and the session's tutor: they are told what went wrong, and can do something about it. */
  insider: boolean;
  /** The session's page; null for a guest, who sees none. */
  back: string | null;
  /** Where Join is for this reader. */
  href: string;
  /** Where they can try camera and microphone; null: nowhere. */
  ready: string | null;
}

export interface DoorPage {
  /** "Algebra with Ana Núñez, Monday 2 March, 15:00" */
  session: string;
  title: string;
  lines: string[];
  /** Try again by hand; quiet where waiting is what to do. */
  again: { href: string; label: string; quiet: boolean } | null;
  /** For the countdown: the instant, and how long it was from then when the page was made. */
  opensAt: string | null;
  opensIn: string | null;
  /** The page tries again by itself after so many seconds, without a script too. */
  refreshSeconds: number | null;
  back: string | null;
  /** Where camera and microphone are tried, while there is time. */
  ready: string | null;
  support: string | null;
}

/** So often somebody who waits for the tutor is looked after. */
const HOST_SECONDS = 10;

/** From then on the tutor stands on the office's list of who is late. */
const OFFICE_KNOWS_AFTER = LATE_AFTER_MINUTES * 60_000;

/** What stands on the door when there is no way in: why, what to do, and the way back. */
export function doorPage(session: JoinSession, answer: Exclude<JoinAnswer, { state: 'open' }>, reader: Reader): DoorPage {
  const { now, timezone, locale, insider, back } = reader;
  const time = (at: Date) => at.toLocaleTimeString(locale, { timeZone: timezone, timeStyle: 'short' });
  const date = (at: Date) =>
    at.toLocaleDateString(locale, { timeZone: timezone, weekday: 'long', day: 'numeric', month: 'long' });
  const again = { href: reader.href, label: 'Try again', quiet: false };
  const page = (title: string, lines: (string | null)[], over: Partial<DoorPage> = {}): DoorPage => ({
    session: `${session.title} with ${session.tutorName}, ${date(session.startsAt)}, ${time(session.startsAt)}`,
    title,
    lines: lines.filter((line): line is string => Boolean(line)),
    again: null,
    opensAt: null,
    opensIn: null,
    refreshSeconds: null,
    back,
    ready: null,
    support: session.supportContact,
    ...over,
  });

  switch (answer.state) {
    case 'too_early': {
      const sameDay = date(answer.opensAt) === date(now);
      const opens = sameDay ? time(answer.opensAt) : `${time(answer.opensAt)} on ${date(answer.opensAt)}`;
      const before = session.joinWindowMinutes > 0 ? `, ${count(session.joinWindowMinutes, 'minute')} before the start` : '';
      return page('The room is not open yet', [`It opens at ${opens}${before}.`], {
        again: { ...again, label: 'Join' },
        ready: reader.ready,
        opensAt: answer.opensAt.toISOString(),
        opensIn: inWords(secondsUntil(answer.opensAt, now)),
      });
    }
    case 'host_absent': {
      const begun = now >= session.startsAt;
      return page(
        `${session.tutorName} is not there yet`,
        [
          begun ? `The session started at ${time(session.startsAt)}.` : `The session starts at ${time(session.startsAt)}.`,
          `Keep this page open: it looks every ${HOST_SECONDS} seconds, and lets you in as soon as ${session.tutorName} has come.`,
          now.getTime() - session.startsAt.getTime() >= OFFICE_KNOWS_AFTER ? 'The office sees it too and looks after it.' : null,
        ],
        {
          again: { href: `${reader.href}?alone=1`, label: 'Go in now', quiet: true },
          refreshSeconds: HOST_SECONDS,
        },
      );
    }
    case 'pending':
      return page(
        'The room is being made',
        ['It should be there in a moment. This page tries again by itself.', insider ? answer.reason : null],
        { again, refreshSeconds: 5 },
      );
    case 'failed':
      return page(
        'There is no room for this session',
        [
          insider ? answer.reason : 'Something went wrong with the online room. The office sees it too.',
          insider ? answer.wayOut : 'Please wait for word from your tutor or the office, or try again in a few minutes.',
        ],
        { again },
      );
    case 'ended':
      return page('This session is over', [`It ended at ${time(session.endsAt)}.`]);
    case 'cancelled':
      return page('This session does not take place', ['It was cancelled or moved. The session’s page says what happened.']);
    case 'place_cancelled':
      return page('Your place was cancelled', ['The session takes place without you. The session’s page says what happened.']);
    case 'in_person':
      return page('This session is in person', [
        session.location ? `It takes place here: ${session.location}.` : 'There is no online room to join.',
      ]);
    case 'none':
      return page('There is no room yet', [
        session.status === 'requested'
          ? 'The session is not confirmed yet. The room is made when it is.'
          : 'No meeting provider was chosen for this session. The office can choose one on its page.',
      ]);
  }
}

export const secondsUntil = (at: Date, now: Date) => Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1_000));

/** "12 minutes", rounded up, so that nobody comes too early. */
export function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? count(hours, 'hour') : `${count(hours, 'hour')} ${count(minutes % 60, 'minute')}`;
  return count(Math.floor(hours / 24), 'day');
}

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`;
