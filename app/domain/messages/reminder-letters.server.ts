import type { Kysely } from 'kysely';
import { mailLines } from '#app/domain/fields/mail-lines.ts';
import type { DB } from '#db/types.ts';
import { senderOf } from '#emails/sender.ts';
import type { MessageRules } from './message-rules.ts';
import { readPreferences } from './preferences.server.ts';
import { reminderMinutes } from './preferences.ts';
import { type MailContext, oneLine, type QueuedMail } from './queue-mail.server.ts';
import { preparationFor, readPreparations } from './reminder-preparation.server.ts';
import {
  joinLinkOf,
  listSessionReaders,
  type Reader,
  type SessionReaders,
  sessionPath,
  whereOf,
} from './session-readers.server.ts';

/** One reader of one session, and when they want to be reminded of it. */
export interface ReminderLetter {
  session: SessionReaders;
  reader: Reader;
  zone: string;
  /** Theirs who read it: of a family its own, of a tutor all who come. */
  students: { id: string; name: string }[];
  /** Of the times in question those at which this reader is reminded, in minutes before the start. */
  minutes: number[];
}

/**
 * Whom these sessions remind at these times: tutor, families and students who still come, one letter an address. Nobody of a
 * session that is off or has begun. Two statements whatever the number.
 */
export async function listReminderLetters(
  db: Kysely<DB>,
  wanted: ReadonlyMap<string, readonly number[]>,
  { rules, now }: { rules: MessageRules; now: Date },
): Promise<ReminderLetter[]> {
  const all = await listSessionReaders(
    db,
    [...wanted.keys()].map((sessionId) => ({ sessionId })),
  );
  const sessions = all.filter((session) => session.status === 'scheduled' && session.startsAt > now);
  const preferences = await readPreferences(
    db,
    sessions.flatMap((session) => session.readers.map((reader) => reader.address)),
  );
  return sessions.flatMap((session) => {
    const coming = session.students.filter((student) => !student.gone);
    if (coming.length === 0) return [];
    const letters = new Map<string, ReminderLetter>();
    for (const reader of session.readers) {
      const own = reader.audience === 'tutor' ? coming : coming.filter((student) => student.id === reader.studentId);
      if (own.length === 0) continue;
      const key = `${reader.audience === 'tutor' ? 'tutor' : 'family'}:${reader.address.toLowerCase()}`;
      const known = letters.get(key);
      if (known) {
        known.students.push(...own.filter(({ id }) => !known.students.some((student) => student.id === id)));
        continue;
      }
      const times = reminderMinutes(preferences, reader.address, reader.audience, rules);
      const minutes = (wanted.get(session.id) ?? []).filter((one) => times.includes(one));
      if (minutes.length === 0) continue;
      letters.set(key, { session, reader, zone: reader.zone ?? session.timezone, students: [...own], minutes });
    }
    return [...letters.values()];
  });
}

/** Of one session at one time for one address: a session that moved has new ones. */
export function reminderKey({ session, reader }: ReminderLetter, minutes: number): string {
  const side = reader.audience === 'tutor' ? 'tutor' : 'family';
  return `remind:${session.id}:${session.startsAt.getTime() / 60_000}:${minutes}:${side}:${reader.address.toLowerCase()}`;
}

/** The mails of such letters, each for one of its times, with what there is to prepare. One statement. */
export async function writeReminders(
  db: Kysely<DB>,
  ctx: MailContext,
  letters: readonly { letter: ReminderLetter; minutes: number; notBefore: Date | null }[],
): Promise<Extract<QueuedMail, { template: 'session-reminder' }>[]> {
  const ids = new Set(letters.map(({ letter }) => letter.session.id));
  const preparations = await readPreparations(db, [...ids]);
  const at = ctx.clock().toISOString();
  return letters.map(({ letter, minutes, notBefore }) => {
    const { session, reader, zone, students } = letter;
    const locale = reader.locale ?? session.locale;
    return {
      template: 'session-reminder',
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      sessionId: session.id,
      notBefore,
      dedupeKey: reminderKey(letter, minutes),
      data: {
        minutes,
        link: `${ctx.config.origin}${sessionPath(reader.audience, session.id)}`,
        join: joinLinkOf(session, reader, ctx.config),
        locale,
        zone,
        audience: reader.audience,
        organiser: { name: oneLine(session.company), address: senderOf(ctx.config.mailFrom).address },
        session: {
          id: session.id,
          version: session.version,
          lesson: oneLine(session.lesson).slice(0, 300),
          startsAt: session.startsAt.toISOString(),
          endsAt: session.endsAt.toISOString(),
          tutor: oneLine(session.tutor).slice(0, 300),
          students: students.map(({ name }) => oneLine(name).slice(0, 300)).slice(0, 100),
          where: whereOf(session, reader),
        },
        more: mailLines(session.mailFields, session.custom, reader.audience === 'tutor' ? 'tutor' : 'family', locale),
        companyZone: session.timezone,
        before: null,
        cause: null,
        at,
        prepare: preparationFor(preparations.get(session.id), reader.audience, students),
      },
    };
  });
}
