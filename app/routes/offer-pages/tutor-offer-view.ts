import type { OfferAnswerState, TutorOffer } from '#app/domain/offers/tutor-queries.server.ts';
import { distanceText, type Reader, stampText } from '#app/ui/session-when.ts';
import type { Tone } from '#app/ui/status-badge.tsx';
import { timesText } from './times-text.ts';

const STATES: Record<OfferAnswerState, { label: string; tone: Tone }> = {
  sent: { label: 'To answer', tone: 'attention' },
  accepted: { label: 'Accepted', tone: 'good' },
  declined: { label: 'Declined', tone: 'quiet' },
  expired: { label: 'Not answered in time', tone: 'quiet' },
  lost: { label: 'Somebody else was first', tone: 'quiet' },
  withdrawn: { label: 'Withdrawn', tone: 'quiet' },
};

const OVER: Record<Exclude<OfferAnswerState, 'sent'>, string> = {
  accepted: 'You have accepted it. The office plans the first session with you and the family.',
  declined: 'You have declined it. Ask the office if you would take it after all.',
  expired: 'The time to answer it is over. Ask the office if it is still open.',
  lost: 'Somebody else accepted it before you. Nothing is left to do.',
  withdrawn: 'The office has withdrawn it. Nothing is left to do.',
};

/** An offer in words, for the tutor it was sent to. */
export function viewTutorOffer(offer: TutorOffer, reader: Reader) {
  const { terms, state } = offer;
  const inPerson = terms.mode === 'in_person';
  return {
    id: offer.id,
    ref: offer.ref,
    open: state === 'sent',
    state: STATES[state],
    over: state === 'sent' ? null : OVER[state],
    title: [offer.subject, offer.level].filter(Boolean).join(', '),
    student: offer.student,
    program: offer.program,
    times: timesText(terms, reader),
    length: terms.sessionMinutes,
    startsOn: terms.startsOn,
    endsOn: terms.endsOn,
    where: inPerson ? offer.place || 'In person, near the family: the office says where' : 'Online',
    message: offer.message,
    sentAt: stampText(reader, offer.sentAt),
    answerBy: offer.expiresAt.toISOString(),
    left: distanceText(reader.now, offer.expiresAt),
    answeredAt: offer.answeredAt ? stampText(reader, offer.answeredAt) : null,
    reason: offer.reason,
    engaged: offer.engagementId !== null,
  };
}

export type TutorOfferView = ReturnType<typeof viewTutorOffer>;
