import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { senderOf } from '#emails/sender.ts';
import { type MailContext, oneLine, type QueuedMail, writeMails } from './queue-mail.server.ts';

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

type Audience = 'tutor' | 'client' | 'student';

interface Reader {
  audience: Audience;
  address: string;
  name: string;
  userId: string | null;
  zone: string | null;
  locale: string | null;
  /** Of a tutor: whether it is the one who taught it before. */
  former: boolean;
  studentId: string | null;
  studentName: string | null;
  gone: boolean | null;
}

interface Facts {
  version: number;
  lesson: string;
  startsAt: Date;
  endsAt: Date;
  mode: string;
  location: string;
  status: string;
  tutor: string;
  company: string;
  contact: string | null;
  locale: string;
  timezone: string;
  students: { id: string; name: string; gone: boolean }[];
  readers: Reader[];
}

const OVER: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled'];

/**
 * Tells the tutor, the clients and the students of a session, each in their zone and with a calendar entry that keeps
 * itself right. In the transaction of the change and after it: reads what is now, writes outbox rows, enqueues one job;
 * three statements whatever the size of the group. Nobody is told of a session that is over.
 */
export async function queueSessionMails(
  trx: Kysely<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
  input: SessionMailsInput,
): Promise<void> {
  const facts = await readFacts(trx, input);
  const now = ctx.clock();
  if (!facts || facts.endsAt <= now) return;

  const chosen = input.studentIds && new Set(input.studentIds);
  const remaining = facts.students.filter((student) => !student.gone);
  const off = OVER.includes(facts.status) || remaining.length === 0;
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
          where: whereOf(facts),
        },
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
    { name: facts.company, contact: facts.contact, locale: facts.locale, timezone: facts.timezone },
    mails,
  );
}

/** Where each reader sees the session. */
function sessionPath(audience: Audience, sessionId: string): string {
  return `/${audience === 'tutor' ? 'tutor' : 'family'}/sessions/${sessionId}`;
}

function whereOf(facts: Facts): string | null {
  if (facts.mode === 'online') return 'Online: join from the page of the session';
  return oneLine(facts.location).slice(0, 500) || null;
}

async function readFacts(trx: Kysely<DB>, input: SessionMailsInput): Promise<Facts | undefined> {
  const former = input.formerTutorId ?? null;
  const result = await sql<Facts>`
    SELECT s.version, coalesce(nullif(s.title, ''), sub.name) AS lesson, s.starts_at, s.ends_at, s.mode,
           s.location, s.status, trim(t.first_name || ' ' || t.last_name) AS tutor,
           o.name AS company, o.email AS contact, o.locale, o.timezone,
           coalesce((
             SELECT jsonb_agg(jsonb_build_object(
               'id', st.id, 'name', trim(st.first_name || ' ' || st.last_name),
               'gone', a.outcome IN ('cancelled', 'late_cancel')) ORDER BY st.first_name, st.id)
             FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id
           ), '[]') AS students,
           coalesce((
             SELECT jsonb_agg(to_jsonb(reader) ORDER BY reader."rank", reader."studentName", reader."studentId") FROM (
               SELECT 1 AS "rank", 'tutor' AS audience, coalesce(p.email, u.email) AS address,
                      trim(p.first_name || ' ' || p.last_name) AS name, p.user_id AS "userId",
                      coalesce(u.timezone, p.timezone) AS zone, u.locale, p.id <> s.tutor_id AS former,
                      NULL::uuid AS "studentId", NULL AS "studentName", NULL::boolean AS gone
               FROM tutor p LEFT JOIN users u ON u.id = p.user_id
               WHERE p.id IN (s.tutor_id, ${former}::uuid)
               UNION ALL
               SELECT 2, 'client', coalesce(c.email, u.email), c.name, c.user_id,
                      coalesce(u.timezone, c.timezone), u.locale, false,
                      st.id, trim(st.first_name || ' ' || st.last_name), a.outcome IN ('cancelled', 'late_cancel')
               FROM attendance a JOIN student st ON st.id = a.student_id JOIN client c ON c.id = a.client_id
                    LEFT JOIN users u ON u.id = c.user_id
               WHERE a.session_id = s.id
               UNION ALL
               SELECT 3, 'student', coalesce(st.email, u.email), trim(st.first_name || ' ' || st.last_name), st.user_id,
                      coalesce(u.timezone, st.timezone), u.locale, false,
                      st.id, trim(st.first_name || ' ' || st.last_name), a.outcome IN ('cancelled', 'late_cancel')
               FROM attendance a JOIN student st ON st.id = a.student_id LEFT JOIN users u ON u.id = st.user_id
               WHERE a.session_id = s.id
             ) reader WHERE reader.address IS NOT NULL
           ), '[]') AS readers
    FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id
         CROSS JOIN organisation o
    WHERE s.id = ${input.sessionId}`.execute(trx);
  return result.rows[0];
}
