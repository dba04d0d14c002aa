import { type Kysely, sql } from 'kysely';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';
import { readOfferTerms } from './offer.schema.ts';
import { timeOfWeek } from './time-of-week.ts';

export type OfferEvent = 'sent' | 'reminder' | 'withdrawn' | 'lost' | 'accepted' | 'exhausted';

interface Reader {
  audience: 'tutor' | 'office' | 'family';
  name: string;
  address: string;
  userId: string | null;
  zone: string | null;
  locale: string | null;
  answerBy: Date | null;
  signedIn: boolean;
}

/**
 * Tells of an offer in the transaction of the change, once for each event and reader: these tutors; of one that was
 * accepted the office and the family; of one that nobody took the office. A tutor is told the student's first name alone
 * until they are engaged.
 */
export async function queueOfferMails(
  trx: Kysely<DB>,
  ctx: MailContext,
  { offerId, event, tutorIds = [] }: { offerId: string; event: OfferEvent; tutorIds?: readonly string[] },
): Promise<void> {
  const office = event === 'accepted' || event === 'exhausted';
  if (!office && tutorIds.length === 0) return;
  const facts = await getFacts(trx, offerId, office ? (tutorIds[0] ?? null) : null);
  const readers = office ? await listOffice(trx, offerId, event === 'accepted') : await listTutors(trx, offerId, tutorIds);
  const terms = readOfferTerms(facts.terms);
  const mails = readers.map((reader): QueuedMail => {
    const forTutor = reader.audience === 'tutor';
    const locale = reader.locale ?? facts.locale;
    return {
      template: 'offer',
      to: { name: reader.name, address: reader.address },
      userId: reader.userId,
      dedupeKey: `offer:${offerId}:${event}:${reader.audience}:${reader.address.toLowerCase()}`,
      data: {
        event: reader.audience === 'family' ? 'family' : event,
        student: oneLine(forTutor ? facts.firstName : facts.studentName),
        subject: oneLine(facts.subject),
        level: oneLine(facts.level),
        tutor: oneLine(facts.tutor),
        mode: terms.mode,
        where: terms.mode === 'in_person' && !forTutor ? oneLine(terms.location) : '',
        times: terms.times.map((time) => timeOfWeek(time, locale)),
        sessionMinutes: terms.sessionMinutes,
        startsOn: terms.startsOn,
        answerBy: reader.answerBy?.toISOString() ?? null,
        message: oneLine(facts.message),
        firstSignIn: !reader.signedIn,
        link: `${ctx.config.origin}${pathFor(reader.audience, offerId, facts, event)}`,
        ...(reader.locale ? { locale: reader.locale } : {}),
        ...(reader.zone ? { zone: reader.zone } : {}),
      },
    };
  });
  await queueMails(trx, ctx, mails);
}

interface Facts {
  requestId: string;
  engagementId: string | null;
  terms: unknown;
  message: string;
  firstName: string;
  studentName: string;
  subject: string;
  level: string;
  tutor: string;
  locale: string;
}

function pathFor(audience: Reader['audience'], offerId: string, facts: Facts, event: OfferEvent): string {
  if (audience === 'tutor') return `/tutor/offers/${offerId}`;
  if (audience === 'family') return '/family/sessions';
  if (event === 'accepted' && facts.engagementId) return `/office/engagements/${facts.engagementId}`;
  return `/office/requests/${facts.requestId}`;
}

async function getFacts(trx: Kysely<DB>, offerId: string, tutorId: string | null): Promise<Facts> {
  const { rows } = await sql<Facts>`
    SELECT o.request_id, o.engagement_id, o.terms, o.message, st.first_name,
           concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, su.name AS subject,
           coalesce((SELECT name FROM level WHERE id = r.level_id), '') AS level,
           coalesce((SELECT concat_ws(' ', first_name, nullif(last_name, '')) FROM tutor WHERE id = ${tutorId}), '') AS tutor,
           org.locale
    FROM offer o JOIN request r ON r.id = o.request_id JOIN student st ON st.id = r.student_id
         JOIN subject su ON su.id = o.subject_id CROSS JOIN organisation org
    WHERE o.id = ${offerId}`.execute(trx);
  const [facts] = rows;
  if (!facts) throw new Error(`there is no offer ${offerId}`);
  return facts;
}

async function listTutors(trx: Kysely<DB>, offerId: string, tutorIds: readonly string[]): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    SELECT 'tutor' AS audience, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS name,
           coalesce(t.email, u.email)::text AS address, t.user_id, coalesce(u.timezone, t.timezone) AS zone, u.locale,
           ot.expires_at AS answer_by,
           EXISTS (SELECT 1 FROM user_password WHERE user_id = t.user_id) AS signed_in
    FROM offer_tutor ot JOIN tutor t ON t.id = ot.tutor_id LEFT JOIN users u ON u.id = t.user_id
    WHERE ot.offer_id = ${offerId} AND t.id = ANY(${[...tutorIds]}::uuid[]) AND coalesce(t.email, u.email) IS NOT NULL
    ORDER BY ot.position`.execute(trx);
  return rows;
}

async function listOffice(trx: Kysely<DB>, offerId: string, family: boolean): Promise<Reader[]> {
  // Who works on the request, else the company's own address.
  const { rows } = await sql<Reader>`
    SELECT 'office' AS audience, coalesce(nullif(u.name, ''), org.name) AS name, coalesce(u.email, org.email)::text AS address,
           u.id AS user_id, coalesce(u.timezone, org.timezone) AS zone, u.locale, NULL::timestamptz AS answer_by,
           true AS signed_in
    FROM offer o JOIN request r ON r.id = o.request_id CROSS JOIN organisation org
         LEFT JOIN users u ON u.id = r.assignee_id AND u.disabled_at IS NULL
    WHERE o.id = ${offerId} AND coalesce(u.email, org.email) IS NOT NULL
    UNION ALL
    SELECT 'family', c.name, coalesce(c.email, u.email)::text, c.user_id, coalesce(u.timezone, c.timezone), u.locale, NULL, true
    FROM offer o JOIN request r ON r.id = o.request_id JOIN client c ON c.id = r.client_id LEFT JOIN users u ON u.id = c.user_id
    WHERE ${family} AND o.id = ${offerId} AND coalesce(c.email, u.email) IS NOT NULL`.execute(trx);
  return rows;
}
