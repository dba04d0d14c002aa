import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type OfferKind, type OfferTerms, readOfferTerms } from './offer.schema.ts';

export type OfferState = 'open' | 'accepted' | 'exhausted' | 'withdrawn';
export type AskedState = 'waiting' | 'sent' | 'accepted' | 'declined' | 'expired' | 'lost' | 'withdrawn';

/** Somebody an offer goes to. */
export interface AskedTutor {
  tutorId: string;
  name: string;
  state: AskedState;
  sentAt: string | null;
  expiresAt: string | null;
  answeredAt: string | null;
  reason: string;
  /** Points when it was offered; null: it was offered past the ranking. */
  score: number | null;
  hasAddress: boolean;
  hasAccount: boolean;
}

export interface RequestOffer {
  id: string;
  ref: string;
  kind: OfferKind;
  status: OfferState;
  programId: string;
  subjectId: string;
  terms: OfferTerms;
  chargeRate: bigint | null;
  /** Not even read for who may not see pay. */
  payRate?: bigint | null;
  whoMaySchedule: string | null;
  message: string;
  answerHours: number;
  engagementId: string | null;
  createdAt: Date;
  createdBy: string;
  tutors: AskedTutor[];
}

type Raw = Omit<RequestOffer, 'terms'> & { terms: unknown };

/** Every offer of a request, the latest first, with who was asked and what they said. */
export async function listRequestOffers(
  db: Kysely<DB>,
  now: Date,
  { requestId, pay }: { requestId: string; pay: boolean },
): Promise<RequestOffer[]> {
  const { rows } = await sql<Raw>`
    SELECT o.id, o.ref, o.kind, o.status, o.program_id, o.subject_id, o.terms, o.charge_rate,
           ${pay ? sql`o.pay_rate,` : sql``} o.who_may_schedule, o.message, o.answer_hours, o.engagement_id, o.created_at,
           coalesce(nullif(u.name, ''), u.email, '') AS created_by,
           (SELECT json_agg(json_build_object(
              'tutorId', t.id, 'name', concat_ws(' ', t.first_name, nullif(t.last_name, '')),
              'state', CASE WHEN ot.status = 'sent' AND ot.expires_at <= ${now} THEN 'expired' ELSE ot.status END,
              'sentAt', ot.sent_at, 'expiresAt', ot.expires_at, 'answeredAt', ot.answered_at, 'reason', ot.decline_reason,
              'score', (ot.score->>'score')::int, 'hasAddress', coalesce(t.email, tu.email) IS NOT NULL,
              'hasAccount', EXISTS (SELECT 1 FROM user_password WHERE user_id = t.user_id)) ORDER BY ot.position)
            FROM offer_tutor ot JOIN tutor t ON t.id = ot.tutor_id LEFT JOIN users tu ON tu.id = t.user_id
            WHERE ot.offer_id = o.id) AS tutors
    FROM offer o LEFT JOIN users u ON u.id = o.created_by
    WHERE o.request_id = ${requestId} ORDER BY o.created_at DESC, o.id DESC`.execute(db);
  return rows.map((row) => ({ ...row, terms: readOfferTerms(row.terms) }));
}

export interface TutorReach {
  id: string;
  name: string;
  /** Mails reach them. */
  hasAddress: boolean;
  /** They have signed in before. */
  hasAccount: boolean;
}

/** Whether an offer reaches these tutors by itself. */
export async function listTutorReach(db: Kysely<DB>, tutorIds: readonly string[]): Promise<Map<string, TutorReach>> {
  const { rows } = await sql<TutorReach>`
    SELECT t.id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS name, coalesce(t.email, u.email) IS NOT NULL AS has_address,
           EXISTS (SELECT 1 FROM user_password WHERE user_id = t.user_id) AS has_account
    FROM tutor t LEFT JOIN users u ON u.id = t.user_id WHERE t.id = ANY(${[...tutorIds]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
