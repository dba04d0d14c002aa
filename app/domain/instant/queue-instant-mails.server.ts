import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { listSessionReaders, type Reader, sessionPath, whereOf } from '#app/domain/messages/session-readers.server.ts';
import { accountByLink } from '#app/domain/people/account-by-link.server.ts';
import type { DB } from '#db/types.ts';
import { senderOf } from '#emails/sender.ts';

/**
 * Tells the student, who pays and who cares for them that a session has just begun, with the way into its room; whoever
 * has no account yet gets one by following it. The tutor is told where somebody else started it. In the transaction of
 * the booking and after it.
 */
export async function queueInstantMails(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  const [facts] = await listSessionReaders(trx, [{ sessionId }]);
  if (!facts) return;
  const accounts = await listAccounts(trx, sessionId);
  const join = `/sessions/${sessionId}/join`;
  const { origin } = ctx.config;
  const mails: QueuedMail[] = [];
  // One letter per address: an adult student is their own client.
  for (const reader of oneByAddress(facts.readers)) {
    if (reader.audience === 'tutor' && reader.userId === actor.userId) continue;
    const address = reader.address.toLowerCase();
    const records = accounts.filter((account) => account.address.toLowerCase() === address);
    const signsIn = reader.audience === 'tutor' || records.some((account) => account.accepted);
    const invitation = signsIn
      ? undefined
      : await accountByLink(trx, ctx, actor, { email: reader.address, name: reader.name, records });
    const common = {
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      sessionId,
      dedupeKey: `session:${sessionId}:started:${reader.audience === 'tutor' ? 'tutor' : 'family'}:${address}`,
    };
    const data = {
      page: `${origin}${sessionPath(reader.audience, sessionId)}`,
      locale: reader.locale ?? facts.locale,
      zone: reader.zone ?? facts.timezone,
      audience: reader.audience,
      organiser: { name: oneLine(facts.company), address: senderOf(ctx.config.mailFrom).address },
      session: {
        id: sessionId,
        version: facts.version,
        lesson: oneLine(facts.lesson),
        startsAt: facts.startsAt.toISOString(),
        endsAt: facts.endsAt.toISOString(),
        tutor: oneLine(facts.tutor),
        students: facts.students.map((student) => oneLine(student.name)),
        where: whereOf(facts, reader),
      },
      companyZone: facts.timezone,
      before: null,
      cause: null,
      at: ctx.clock().toISOString(),
    };
    mails.push(
      invitation
        ? {
            ...common,
            template: 'session-started-invited',
            data: {
              ...data,
              link: `${invitation.url}?to=${encodeURIComponent(join)}`,
              expiresAt: invitation.expiresAt.toISOString(),
            },
          }
        : { ...common, template: 'session-started', data: { ...data, link: `${origin}${join}` } },
    );
  }
  await queueMails(trx, ctx, mails);
}

function oneByAddress(readers: readonly Reader[]): Reader[] {
  const known = new Map<string, Reader>();
  for (const reader of readers) {
    const key = `${reader.audience === 'tutor' ? 'tutor' : 'family'}:${reader.address.toLowerCase()}`;
    // The student reads of themselves.
    if (!known.has(key) || reader.audience === 'student') known.set(key, reader);
  }
  return [...known.values()];
}

interface Account {
  type: 'client' | 'student';
  id: string;
  address: string;
  /** Has chosen a password. */
  accepted: boolean;
}

/** The records of the family of a session, at the addresses their mails go to. */
async function listAccounts(trx: Transaction<DB>, sessionId: string): Promise<Account[]> {
  const { rows } = await sql<Account>`
    SELECT person.type, person.id, person.email AS address,
           EXISTS (SELECT 1 FROM user_password up WHERE up.user_id = person.user_id) AS accepted
    FROM attendance a, LATERAL (
      SELECT 'client' AS type, c.id, c.email, c.user_id FROM client c
      WHERE c.id = a.client_id OR (c.archived_at IS NULL AND c.id IN (
        SELECT g.client_id FROM student_guardian g WHERE g.student_id = a.student_id AND g.gets_mails))
      UNION ALL
      SELECT 'student', st.id, st.email, st.user_id FROM student st WHERE st.id = a.student_id
    ) person
    WHERE a.session_id = ${sessionId} AND person.email IS NOT NULL`.execute(trx);
  return rows;
}
