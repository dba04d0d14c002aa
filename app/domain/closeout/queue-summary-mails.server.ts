import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { listSessionReaders, type Reader, sessionPath } from '#app/domain/messages/session-readers.server.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { listSessionFiles } from '#app/domain/session-files/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { CloseOutRules } from './close-out-rules.ts';
import { getCloseOutRules } from './save-close-out-rules.server.ts';

const MOST_RESOURCES = 12;

/**
 * Sends families what their tutor wrote for them, where the company does so: the summary, with notes and homework as they are
 * shown, links and files. Nothing to tell, no mail; the same once more is the mail that went out. Where the office approves
 * close-outs, it goes once that is done.
 */
export async function queueSummaryMails(trx: Transaction<DB>, ctx: MailContext, sessionId: string): Promise<void> {
  const rules = await getCloseOutRules(trx);
  if (!rules.mail_summary) return;
  const told = await readTold(trx, sessionId, rules);
  const [facts] = await listSessionReaders(trx, [{ sessionId }]);
  if (!told || !facts) return;
  const families = new Map<string, { reader: Reader; studentIds: string[] }>();
  for (const reader of facts.readers) {
    if (reader.audience === 'tutor' || reader.studentId === null || reader.gone) continue;
    const key = reader.address.toLowerCase();
    const known = families.get(key);
    if (known) known.studentIds.push(reader.studentId);
    else families.set(key, { reader, studentIds: [reader.studentId] });
  }
  const mails = [...families].flatMap(([address, { reader, studentIds }]): QueuedMail[] => {
    const own = told.places.filter((place) => studentIds.includes(place.studentId) && place.outcome === 'attended');
    if (own.length === 0) return [];
    const shared = told.files.filter((file) => file.studentId === null || studentIds.includes(file.studentId));
    const ownHomework = own.length > 0 && own.every((place) => place.homework !== null);
    const content = {
      summary: told.summary,
      notes: told.notes,
      homework: ownHomework ? [] : told.homework,
      homeworkDueOn: told.homework.length > 0 || ownHomework ? told.homeworkDueOn : null,
      each: own
        .map((place) => ({ student: oneLine(place.name), note: place.note, homework: place.homework ?? [] }))
        .filter((one) => one.note.length + one.homework.length > 0),
      links: told.links,
      files: [...new Set(shared.map((file) => oneLine(file.name)))].slice(0, MOST_RESOURCES),
    };
    // Notes alone are on the page; a mail is sent for what the tutor wrote to the family or set it to do.
    const something = content.summary.length + content.homework.length + content.links.length + content.files.length;
    if (something === 0 && content.each.every((one) => one.homework.length === 0)) return [];
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
    return [
      {
        template: 'session-summary',
        to: { name: reader.name, address: reader.address },
        audience: reader.audience,
        userId: reader.userId,
        sessionId,
        dedupeKey: `summary:${sessionId}:${address}:${digest}`,
        data: {
          ...content,
          link: `${ctx.config.origin}${sessionPath(reader.audience, sessionId)}`,
          locale: reader.locale ?? facts.locale,
          zone: reader.zone ?? facts.timezone,
          lesson: oneLine(facts.lesson),
          tutor: oneLine(facts.tutor),
          startsAt: facts.startsAt.toISOString(),
          endsAt: facts.endsAt.toISOString(),
          students: own.map((place) => oneLine(place.name)),
        },
      },
    ];
  });
  await queueMails(trx, ctx, mails);
}

/** What families may be told of a session that is closed out. */
async function readTold(trx: Transaction<DB>, sessionId: string, rules: CloseOutRules) {
  const closeOut = await trx
    .selectFrom('closeOut')
    .innerJoin('session', 'session.id', 'closeOut.sessionId')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .select(['summary', 'notes', 'homework', 'homeworkDueOn', 'closeOut.status', 'rules'])
    .where('closeOut.sessionId', '=', sessionId)
    .executeTakeFirst();
  const waits = closeOut && policyOf(closeOut.rules).completion === 'approval' && closeOut.status !== 'approved';
  if (!closeOut || waits) return undefined;
  const places = await trx
    .selectFrom('attendance as a')
    .innerJoin('student', 'student.id', 'a.studentId')
    .select(['a.studentId', 'a.outcome', 'a.note', 'a.homework', 'student.firstName', 'student.lastName'])
    .where('a.sessionId', '=', sessionId)
    .execute();
  const links = await trx
    .selectFrom('sessionMaterial')
    .select(['title', 'url'])
    .where('sessionId', '=', sessionId)
    .where('phase', '=', 'after')
    .orderBy('createdAt')
    .limit(MOST_RESOURCES)
    .execute();
  const seen = rules.families_see_homework;
  const files = await listSessionFiles(trx, { sessionIds: [sessionId], kinds: seen ? ['homework', 'resource'] : ['resource'] });
  return {
    summary: linesOf(closeOut.summary),
    notes: rules.families_see_notes ? linesOf(closeOut.notes) : [],
    homework: seen ? linesOf(closeOut.homework) : [],
    homeworkDueOn: seen ? closeOut.homeworkDueOn : null,
    places: places.map(({ studentId, outcome, note, homework, firstName, lastName }) => ({
      ...{ studentId, outcome },
      name: [firstName, lastName].filter(Boolean).join(' '),
      note: rules.families_see_notes ? linesOf(note) : [],
      homework: seen && homework !== null ? linesOf(homework) : null,
    })),
    links: links.map(({ title, url }) => ({ title: oneLine(title), url })),
    files,
  };
}

/** A mail takes lines, none of them longer than people write; what is longer goes on in the next. */
function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map(oneLine)
    .filter((line) => line !== '')
    .flatMap((line) => line.match(/.{1,1900}/gsu) ?? [])
    .slice(0, 200);
}
