import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { MOST_ENTRIES, type ScheduleChangeKind } from '#emails/schedule-changed/data.ts';
import { senderOf } from '#emails/sender.ts';
import type { MailData } from '#emails/templates.ts';
import { type MailContext, oneLine, type QueuedMail, writeMails } from './queue-mail.server.ts';
import { isOff, listSessionReaders, type Reader, type SessionReaders, sessionPath, whereOf } from './session-readers.server.ts';

export interface ScheduleChange {
  sessionId: string;
  kind: 'booked' | 'moved' | 'cancelled' | 'tutor_changed';
  /** Where it was, of one that was moved. */
  before?: { startsAt: Date; endsAt: Date } | undefined;
  /** Who taught it before: they read that it is off. */
  formerTutorId?: string | undefined;
  /** Only these students came or went: their families read it, the tutor reads who comes. */
  studentIds?: readonly string[] | undefined;
}

export interface ScheduleMailsInput {
  /** Why, in a person's words; shown in the mail. */
  cause: string | null;
  /** One for each session. */
  changes: readonly ScheduleChange[];
}

type Line = MailData<'schedule-changed'>['changes'][number];
type Said = Pick<Line, 'kind' | 'students' | 'note'> & { before?: ScheduleChange['before']; at?: ScheduleChange['before'] };

/** What reads best first: what is off or moved before what is new. */
const ORDER: readonly ScheduleChangeKind[] = ['cancelled', 'moved', 'tutor_changed', 'people', 'booked'];

/**
 * Tells everybody concerned of many changes at once: one mail per reader with a line for each session, in their zone.
 * In the transaction of the changes and after them, since it reads what is now; two statements and one job for fifty
 * mails. Nobody is told of a session that is over. Told twice it is one mail.
 */
export async function queueScheduleMails(
  trx: Kysely<DB>,
  ctx: MailContext,
  { cause, changes }: ScheduleMailsInput,
): Promise<void> {
  if (changes.length === 0) return;
  const now = ctx.clock();
  const bySession = new Map(changes.map((change) => [change.sessionId, change]));
  const sessions = await listSessionReaders(trx, [...bySession.values()]);
  const letters = new Map<string, { reader: Reader; lines: Map<string, Line> }>();

  for (const session of sessions) {
    const change = bySession.get(session.id);
    if (!change || session.endsAt <= now) continue;
    for (const reader of session.readers) {
      const said = reader.audience === 'tutor' ? saidToTutor(session, change, reader) : saidToFamily(change, reader);
      if (!said) continue;
      // One letter per address: an adult student is their own client, siblings share a parent.
      const key = `${reader.audience === 'tutor' ? 'tutor' : 'family'}:${reader.address.toLowerCase()}`;
      const letter = letters.get(key) ?? { reader, lines: new Map<string, Line>() };
      letters.set(key, letter);
      const known = letter.lines.get(session.id);
      if (known) known.students = [...new Set([...known.students, ...said.students])].sort();
      else
        letter.lines.set(
          session.id,
          lineOf(session, reader, said, `${ctx.config.origin}${sessionPath(reader.audience, session.id)}`),
        );
    }
  }

  const [any] = sessions;
  if (!any) return;
  const organiser = { name: oneLine(any.company), address: senderOf(ctx.config.mailFrom).address };
  const mails = [...letters].map(([key, { reader, lines }]): QueuedMail => {
    const all = [...lines.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
    const [first] = all;
    const alone = all.length === 1 && first ? first : undefined;
    const counts: Partial<Record<ScheduleChangeKind, number>> = {};
    for (const line of all) counts[line.kind] = (counts[line.kind] ?? 0) + 1;
    const overview = `${ctx.config.origin}${reader.audience === 'tutor' ? '/tutor/calendar' : '/family/sessions'}`;
    return {
      template: 'schedule-changed',
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      sessionId: alone?.id ?? null,
      dedupeKey: `schedule:${digestOf(all)}:${key}`,
      data: {
        link: alone?.link ?? overview,
        locale: reader.locale ?? any.locale,
        zone: reader.zone ?? any.timezone,
        audience: reader.audience,
        organiser,
        changes: all.slice(0, MOST_ENTRIES),
        counts,
        companyZone: any.timezone,
        cause: cause === null ? null : oneLine(cause).slice(0, 500) || null,
        at: now.toISOString(),
      },
    };
  });
  await writeMails(
    trx,
    ctx,
    { name: any.company, contact: any.contact, locale: any.locale, timezone: any.timezone, messages: any.messages },
    mails,
  );
}

function saidToTutor(session: SessionReaders, change: ScheduleChange, reader: Reader): Said | undefined {
  const names = (students: SessionReaders['students']) => students.map((student) => oneLine(student.name));
  const coming = session.students.filter((student) => !student.gone);
  if (reader.former) {
    const note = isOff(session) ? '' : 'Another tutor takes it.';
    return { kind: 'cancelled', students: names(session.students), note, at: change.before };
  }
  if (isOff(session)) return { kind: 'cancelled', students: names(session.students), note: '' };
  // Of a session that is theirs only now, the time it had before says nothing.
  if (change.kind === 'tutor_changed' || change.formerTutorId) return { kind: 'booked', students: names(coming), note: '' };
  if (change.kind === 'moved') return { kind: 'moved', students: names(coming), note: '', before: change.before };
  const chosen = change.studentIds && new Set(change.studentIds);
  const others = chosen ? coming.filter((student) => !chosen.has(student.id)) : [];
  if (!chosen || (others.length === 0 && change.kind !== 'cancelled'))
    return { kind: change.kind, students: names(coming), note: '' };
  const about = names(session.students.filter((student) => chosen.has(student.id))).join(', ');
  const note = change.kind === 'booked' ? `New: ${about}` : `Not coming: ${about}`;
  return { kind: 'people', students: names(coming), note: note.slice(0, 1000) };
}

function saidToFamily(change: ScheduleChange, reader: Reader): Said | undefined {
  const { studentId, studentName } = reader;
  if (!studentId || !studentName || (change.studentIds && !change.studentIds.includes(studentId))) return undefined;
  if (change.kind !== 'cancelled' && reader.gone) return undefined;
  const students = [oneLine(studentName)];
  if (change.kind !== 'moved') return { kind: change.kind, students, note: '' };
  return { kind: 'moved', students, note: change.formerTutorId ? 'With another tutor.' : '', before: change.before };
}

function lineOf(session: SessionReaders, reader: Reader, said: Said, link: string): Line {
  const iso = (time: { startsAt: Date; endsAt: Date }) => ({
    startsAt: time.startsAt.toISOString(),
    endsAt: time.endsAt.toISOString(),
  });
  return {
    kind: said.kind,
    id: session.id,
    version: session.version,
    lesson: oneLine(session.lesson).slice(0, 300),
    ...iso(said.at ?? session),
    before: said.before ? iso(said.before) : null,
    tutor: oneLine(session.tutor).slice(0, 300),
    students: said.students.slice(0, 100),
    where: whereOf(session, reader),
    note: said.note,
    link,
  };
}

/** The same changes of the same sessions are the same mail. */
function digestOf(lines: readonly Line[]): string {
  const facts = lines.map((line) => `${line.id}:${line.version}:${line.kind}:${line.note}`).sort();
  return createHash('sha256').update(facts.join('\n')).digest('base64url').slice(0, 32);
}
