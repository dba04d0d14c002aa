import { z } from 'zod';
import { freeText, optional, optionalId, recordId, wholeNumber } from '#app/domain/people/fields.ts';
import { WHO_MAY_SCHEDULE } from '#app/domain/scheduling/scheduling-rules.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

export const OFFER_KINDS = ['one', 'in_order', 'all'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** So many tutors an offer may go to. */
export const OFFER_TUTORS = 30;

const day = z.string().refine(isLocalDate, 'Enter a date, such as 2026-03-08');

/** What would begin. Days are the organisation's, the last one is included; times of the week are of `zone`. */
export const offerTermsSchema = z
  .object({
    startsOn: day,
    endsOn: optional(day),
    sessionMinutes: wholeNumber(5, 720, 'minutes'),
    mode: z.enum(['online', 'in_person'], 'Choose online or in person'),
    placeId: optionalId('Choose a place'),
    location: freeText(500),
    /** 1 is Monday; minutes from midnight. None: the times are agreed afterwards. */
    times: z
      .array(z.object({ weekday: z.number().int().min(1).max(7), startMinute: z.number().int().min(0).max(1439) }))
      .max(14, 'At most 14 times a week'),
    zone: z.string().min(1),
  })
  .refine((terms) => terms.endsOn === null || terms.endsOn >= terms.startsOn, {
    path: ['endsOn'],
    message: 'The end can’t be before the start',
  });
export type OfferTerms = z.output<typeof offerTermsSchema>;

export const offerSchema = z
  .object({
    /** Of the form, so that the same form sent twice makes one offer. */
    id: recordId,
    requestId: recordId,
    kind: z.enum(OFFER_KINDS, 'Choose to whom it goes'),
    /** In the order in which they are asked. */
    tutorIds: z.array(z.uuid('Choose a tutor')).min(1, 'Choose a tutor').max(OFFER_TUTORS, `At most ${OFFER_TUTORS} tutors`),
    programId: z.uuid('Choose a program'),
    subjectId: z.uuid('Choose a subject'),
    terms: offerTermsSchema,
    /** By hour, in minor units; null: as the rates say. */
    chargeRate: z.bigint().min(0n).nullable(),
    payRate: z.bigint().min(0n).nullable(),
    /** Null: as the rules of tutor, program and organisation say. */
    whoMaySchedule: optional(z.enum(WHO_MAY_SCHEDULE, 'Choose who may schedule')),
    message: freeText(2000),
    answerHours: wholeNumber(1, 720, 'hours'),
  })
  .refine((offer) => offer.kind !== 'one' || offer.tutorIds.length === 1, {
    path: ['tutorIds'],
    message: 'Choose one tutor, or offer it to several',
  })
  .refine((offer) => new Set(offer.tutorIds).size === offer.tutorIds.length, {
    path: ['tutorIds'],
    message: 'A tutor is in it twice',
  });
export type OfferValues = z.output<typeof offerSchema>;

/** The stored terms of an offer. */
export function readOfferTerms(stored: unknown): OfferTerms {
  return offerTermsSchema.parse(stored);
}
