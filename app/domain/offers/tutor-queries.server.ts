import { type Kysely, sql } from 'kysely';
import { payOfAnHour } from '#app/domain/billing/pricing.ts';
import { listRatesFor, ratesOf } from '#app/domain/billing/session-facts.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type OfferTerms, readOfferTerms } from './offer.schema.ts';

export const ANSWERS = ['sent', 'accepted', 'declined', 'expired', 'lost', 'withdrawn'] as const;
export type OfferAnswerState = (typeof ANSWERS)[number];

/** An offer as the tutor it was sent to may know it: no money of the family's, nobody else who was asked. */
export interface TutorOffer {
  id: string;
  ref: string;
  /** `sent` only while it can be answered. */
  state: OfferAnswerState;
  sentAt: Date;
  expiresAt: Date;
  answeredAt: Date | null;
  reason: string;
  student: string;
  subject: string;
  level: string;
  program: string;
  message: string;
  terms: OfferTerms;
  /** A place of the company's; a family's home is told once they are engaged. */
  place: string;
  engagementId: string | null;
}

type Raw = Omit<TutorOffer, 'terms'> & { terms: unknown };

async function read(db: Kysely<DB>, now: Date, tutorId: string, id: string | null, limit: number): Promise<TutorOffer[]> {
  const { rows } = await sql<Raw>`
    SELECT o.id, o.ref, CASE WHEN ot.status = 'sent' AND ot.expires_at <= ${now} THEN 'expired' ELSE ot.status END AS state,
           ot.sent_at, ot.expires_at, ot.answered_at, ot.decline_reason AS reason, st.first_name AS student, su.name AS subject,
           coalesce(l.name, '') AS level, p.name AS program, o.message, o.terms,
           coalesce((SELECT concat_ws(', ', name, nullif(address, '')) FROM place
             WHERE id = (o.terms->>'placeId')::uuid AND client_id IS NULL), '') AS place,
           CASE WHEN ot.status = 'accepted' THEN o.engagement_id END AS engagement_id
    FROM offer_tutor ot JOIN offer o ON o.id = ot.offer_id JOIN request r ON r.id = o.request_id
         JOIN student st ON st.id = r.student_id JOIN subject su ON su.id = o.subject_id JOIN program p ON p.id = o.program_id
         LEFT JOIN level l ON l.id = r.level_id
    WHERE ot.tutor_id = ${tutorId} AND ot.sent_at IS NOT NULL AND (${id}::uuid IS NULL OR o.id = ${id}::uuid)
    ORDER BY (ot.status = 'sent' AND ot.expires_at > ${now}) DESC, ot.sent_at DESC, o.id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, terms: readOfferTerms(row.terms) }));
}

/** Those to answer first, then the latest. */
export const listTutorOffers = (db: Kysely<DB>, now: Date, tutorId: string): Promise<TutorOffer[]> =>
  read(db, now, tutorId, null, 60);

/** @throws DomainError not_found: not there, or never sent to this tutor */
export async function getTutorOffer(
  db: Kysely<DB>,
  now: Date,
  { id, tutorId }: { id: string; tutorId: string },
): Promise<TutorOffer> {
  const [offer] = await read(db, now, tutorId, id, 1);
  if (!offer) throw new DomainError('not_found', 'This offer is not there.');
  return offer;
}

/** How many wait for this tutor's answer. */
export async function countTutorOffers(db: Kysely<DB>, now: Date, tutorId: string): Promise<number> {
  const { count } = await db
    .selectFrom('offerTutor')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('tutorId', '=', tutorId)
    .where('status', '=', 'sent')
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What this tutor would be paid by hour, in minor units: as offered, else as the rates say; null: no rate yet. */
export async function payOfOffer(
  db: Kysely<DB>,
  { id, tutorId, startsOn }: { id: string; tutorId: string; startsOn: string },
): Promise<bigint | null> {
  const offer = await db
    .selectFrom('offer')
    .innerJoin('request', 'request.id', 'offer.requestId')
    .select(['offer.payRate', 'offer.programId', 'offer.subjectId', 'request.studentId'])
    .where('offer.id', '=', id)
    .executeTakeFirstOrThrow();
  if (offer.payRate !== null) return offer.payRate;
  const studentIds = offer.studentId ? [offer.studentId] : [];
  const { programId, subjectId } = offer;
  const rates = await listRatesFor(db, { programId, subjectId, tutorId, studentIds, date: startsOn });
  const session = { programId, subjectId, tutorId, localDate: startsOn, chargeRateOverride: null, payRateOverride: null };
  const { pay, charge } = ratesOf(session, studentIds, rates);
  return pay ? payOfAnHour(pay, studentIds[0] ? charge(studentIds[0]) : undefined) : null;
}
