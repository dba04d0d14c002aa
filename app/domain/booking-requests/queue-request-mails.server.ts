import { type Kysely, sql } from 'kysely';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { type BookingRequestRow, getBookingRequest } from './queries.server.ts';

export type RequestEvent = 'asked' | 'proposed' | 'declined' | 'withdrawn';

interface Reader {
  name: string;
  address: string;
  userId: string | null;
  locale: string | null;
  zone: string | null;
  path: string;
}

/**
 * Tells whoever answers of what was asked, and whoever asked of the answer, in the transaction of the change; the same
 * event of the same version is told once. What was accepted is told by the session's own mail.
 */
export async function queueRequestMails(
  trx: Kysely<DB>,
  ctx: MailContext,
  requestId: string,
  event: RequestEvent,
): Promise<void> {
  const request = await getBookingRequest(trx, requestId);
  const toAnswer = event === 'asked' || event === 'withdrawn';
  const readers = toAnswer ? await whoAnswers(trx, request) : await whoAsked(trx, request);
  const facts = factsOf(request, event);
  const mails = readers.map(
    (reader): QueuedMail => ({
      template: 'booking-request',
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      sessionId: request.sessionId,
      dedupeKey: `request:${request.id}:${event}:${request.version}:${reader.address.toLowerCase()}`,
      data: {
        ...facts,
        link: `${ctx.config.origin}${reader.path}`,
        ...(reader.locale ? { locale: reader.locale } : {}),
        ...(reader.zone ? { zone: reader.zone } : {}),
      },
    }),
  );
  await queueMails(trx, ctx, mails);
}

function factsOf(request: BookingRequestRow, event: RequestEvent) {
  const span = (startsAt: Date, minutes: number) => ({
    startsAt: startsAt.toISOString(),
    endsAt: addMinutes(startsAt, minutes).toISOString(),
  });
  const { session, startsAt, durationMinutes } = request;
  return {
    event,
    kind: request.kind,
    askedBy: oneLine(request.source === 'tutor' ? request.tutorName : request.clientName),
    lesson: oneLine(session?.title ?? request.subjectName),
    student: oneLine(request.studentName),
    tutor: oneLine(request.tutorName),
    session: session ? { startsAt: session.startsAt.toISOString(), endsAt: session.endsAt.toISOString() } : null,
    wanted: startsAt && durationMinutes ? span(startsAt, durationMinutes) : null,
    proposals:
      event === 'proposed'
        ? request.proposals.map((p) => ({ ...span(new Date(p.startsAt), p.durationMinutes), tutor: oneLine(p.tutorName) }))
        : [],
    note: oneLine(request.note),
    answer: oneLine(request.answer),
  };
}

async function whoAnswers(trx: Kysely<DB>, request: BookingRequestRow): Promise<Reader[]> {
  if (request.routedTo === 'tutor' && request.tutorId) return readTutor(trx, request.tutorId, `/tutor/requests/${request.id}`);
  const office = await trx.selectFrom('organisation').select(['name', 'email', 'timezone']).executeTakeFirst();
  if (!office?.email) return [];
  const path = `/office/booking-requests/${request.id}`;
  return [{ name: office.name, address: office.email, userId: null, locale: null, zone: office.timezone, path }];
}

async function whoAsked(trx: Kysely<DB>, request: BookingRequestRow): Promise<Reader[]> {
  if (request.source === 'tutor' && request.tutorId) return readTutor(trx, request.tutorId, `/tutor/requests/${request.id}`);
  // The client, and a student who asked; one mail per address.
  const { rows } = await sql<Omit<Reader, 'path'>>`
    SELECT c.name, coalesce(c.email, u.email) AS address, c.user_id, u.locale, coalesce(u.timezone, c.timezone) AS zone
    FROM client c LEFT JOIN users u ON u.id = c.user_id WHERE c.id = ${request.clientId}
    UNION ALL
    SELECT u.name, u.email, u.id, u.locale, u.timezone FROM users u
    WHERE u.id = ${request.requestedById} AND u.id IS DISTINCT FROM (SELECT user_id FROM client WHERE id = ${request.clientId})`.execute(
    trx,
  );
  const path = `/family/requests/${request.id}`;
  const byAddress = new Map(rows.flatMap((row) => (row.address ? [[row.address.toLowerCase(), { ...row, path }]] : [])));
  return [...byAddress.values()];
}

async function readTutor(trx: Kysely<DB>, tutorId: string, path: string): Promise<Reader[]> {
  const { rows } = await sql<Omit<Reader, 'path'>>`
    SELECT concat_ws(' ', t.first_name, t.last_name) AS name, coalesce(t.email, u.email) AS address, t.user_id, u.locale,
           coalesce(u.timezone, t.timezone) AS zone
    FROM tutor t LEFT JOIN users u ON u.id = t.user_id WHERE t.id = ${tutorId}`.execute(trx);
  return rows.flatMap((row) => (row.address ? [{ ...row, path }] : []));
}
