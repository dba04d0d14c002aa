import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { listGuestLinks } from './guest-link-queries.server.ts';
import { getJoinSession } from './queries.server.ts';

export interface SendGuestLink {
  sessionId: string;
  attendanceId: string;
  /** Of the form: one that is sent twice mails once. */
  formId: string;
}

/**
 * Mails a student without an account, or whoever pays for them, the link to join a session by.
 * @throws DomainError not_found, conflict (over, nobody to mail it to, no guests here)
 */
export async function sendGuestLink(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'config' | 'enqueue'>,
  actor: Actor,
  { sessionId, attendanceId, formId }: SendGuestLink,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await getJoinSession(trx, sessionId);
    if (!session.places.some((place) => place.attendanceId === attendanceId)) {
      throw new DomainError('not_found', 'This student is not in the session.');
    }
    const link = (await listGuestLinks(trx, ctx.config, sessionId)).find((one) => one.attendanceId === attendanceId);
    if (!link) throw new DomainError('conflict', 'There is no guest link for this student.');
    if (session.status !== 'scheduled' || session.endsAt <= ctx.clock()) {
      throw new DomainError('conflict', 'This session is over or does not take place.');
    }
    if (!link.mailTo) throw new DomainError('conflict', 'No address is known. Copy the link and hand it on yourself.');
    const isNew = await queueMail(trx, ctx, {
      template: 'guest-link',
      to: { name: link.mailName, address: link.mailTo },
      sessionId,
      dedupeKey: `guest-link:${attendanceId}:${link.joinPass}:${formId}`,
      data: {
        link: link.url,
        student: oneLine(link.studentName),
        lesson: oneLine(session.title),
        tutor: oneLine(session.tutorName),
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        openMinutes: session.joinWindowMinutes,
      },
    });
    if (!isNew) return;
    await audit(trx, actor, {
      action: 'guest_link.send',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      after: { attendanceId },
    });
  });
}
