import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { mailLines } from '#app/domain/fields/mail-lines.ts';
import type { DB } from '#db/types.ts';
import { senderOf } from '#emails/sender.ts';
import { type MailContext, oneLine, type QueuedMail, writeMails } from './queue-mail.server.ts';
import { isOff, joinLinkOf, listSessionReaders, type Reader, sessionPath, whereOf } from './session-readers.server.ts';

export interface SessionMailsInput {
  sessionId: string;
  kind: 'confirmed' | 'changed' | 'cancelled';
  /** Why, in a person's words; shown in the mail. */
  cause: string | null;
  /** For a move: where it was. */
  before?: { startsAt: Date; endsAt: Date };
  /** Only these places: their families get the mail of this kind, the tutor reads what remains. */
  studentIds?: readonly string[];
  /** The tutor the session was taken from, who gets a cancellation. */
  formerTutorId?: string;
}

/**
 * Tells the tutor, the clients and the students of a session, each in their zone and with a calendar entry that keeps
 * itself right. In the transaction of the change and after it: reads what is now, writes outbox rows, enqueues one job;
 * three statements whatever the size of the group. Nobody is told of a session that is over.
 */
export async function queueSessionMails(trx: Kysely<DB>, ctx: MailContext, input: SessionMailsInput): Promise<void> {
  const [facts] = await listSessionReaders(trx, [input]);
  const now = ctx.clock();
  if (!facts || facts.endsAt <= now) return;

  const chosen = input.studentIds && new Set(input.studentIds);
  const remaining = facts.students.filter((student) => !student.gone);
  const off = isOff(facts);
  const digest = chosen
    ? `:${createHash('sha256')
        .update([...chosen].sort().join())
        .digest('base64url')
        .slice(0, 16)}`
    : '';

  const letters = new Map<
    string,
    { reader: Reader; kind: SessionMailsInput['kind']; students: string[]; cause: string | null }
  >();
  const add = (reader: Reader, kind: SessionMailsInput['kind'], students: string[], cause: string | null) => {
    // One letter per address: an adult student is their own client, siblings share a parent.
    const key = `${reader.audience === 'tutor' ? 'tutor' : 'family'}:${reader.address.toLowerCase()}`;
    const known = letters.get(key);
    if (!known) letters.set(key, { reader, kind, students: [...students], cause });
    else known.students.push(...students.filter((name) => !known.students.includes(name)));
  };

  for (const reader of facts.readers) {
    if (reader.audience === 'tutor') {
      const kind = reader.former || off ? 'cancelled' : chosen && input.kind === 'cancelled' ? 'changed' : input.kind;
      const shown = kind === 'cancelled' ? facts.students : remaining;
      const left = facts.students.filter((student) => chosen?.has(student.id)).map((student) => student.name);
      const cause =
        kind === 'changed' && input.kind === 'cancelled'
          ? [`Not coming: ${left.join(', ')}`, input.cause].filter(Boolean).join('. ')
          : input.cause;
      add(
        reader,
        kind,
        shown.map((student) => student.name),
        cause,
      );
      continue;
    }
    const { studentId, studentName } = reader;
    if (!studentId || !studentName || (chosen && !chosen.has(studentId))) continue;
    if (input.kind !== 'cancelled' && reader.gone) continue;
    add(reader, input.kind, [studentName], input.cause);
  }

  const mails = [...letters.values()].map((letter): QueuedMail => {
    const { reader, kind } = letter;
    return {
      template: `session-${kind}`,
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      sessionId: input.sessionId,
      dedupeKey: `session:${input.sessionId}:${facts.version}:${kind}${digest}:${reader.audience === 'tutor' ? 'tutor' : 'family'}:${reader.address.toLowerCase()}`,
      data: {
        link: `${ctx.config.origin}${sessionPath(reader.audience, input.sessionId)}`,
        join: kind === 'cancelled' ? null : joinLinkOf(facts, reader, ctx.config),
        locale: reader.locale ?? facts.locale,
        zone: reader.zone ?? facts.timezone,
        audience: reader.audience,
        organiser: { name: oneLine(facts.company), address: senderOf(ctx.config.mailFrom).address },
        session: {
          id: input.sessionId,
          version: facts.version,
          lesson: oneLine(facts.lesson),
          startsAt: facts.startsAt.toISOString(),
          endsAt: facts.endsAt.toISOString(),
          tutor: oneLine(facts.tutor),
          students: letter.students.map(oneLine).sort((a, b) => a.localeCompare(b, facts.locale)),
          where: whereOf(facts, reader),
        },
        more:
          kind === 'cancelled'
            ? []
            : mailLines(
                facts.mailFields,
                facts.custom,
                reader.audience === 'tutor' ? 'tutor' : 'family',
                reader.locale ?? facts.locale,
              ),
        companyZone: facts.timezone,
        before:
          kind === 'changed' && input.before
            ? { startsAt: input.before.startsAt.toISOString(), endsAt: input.before.endsAt.toISOString() }
            : null,
        cause: letter.cause === null ? null : oneLine(letter.cause).slice(0, 500) || null,
        at: now.toISOString(),
      },
    };
  });
  await writeMails(
    trx,
    ctx,
    { name: facts.company, contact: facts.contact, locale: facts.locale, timezone: facts.timezone, messages: facts.messages },
    mails,
  );
}
