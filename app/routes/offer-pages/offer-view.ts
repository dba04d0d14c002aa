import type { OfferKind } from '#app/domain/offers/offer.schema.ts';
import type { AskedState, AskedTutor, OfferState, RequestOffer } from '#app/domain/offers/queries.server.ts';
import { distanceText, type Reader, stampText } from '#app/ui/session-when.ts';
import type { Tone } from '#app/ui/status-badge.tsx';
import { timesText } from './times-text.ts';

const KINDS: Record<OfferKind, string> = { one: 'To one tutor', in_order: 'One after the other', all: 'To all at once' };

const STATES: Record<OfferState, { label: string; tone: Tone }> = {
  open: { label: 'Out', tone: 'live' },
  accepted: { label: 'Accepted', tone: 'good' },
  exhausted: { label: 'Nobody took it', tone: 'attention' },
  withdrawn: { label: 'Withdrawn', tone: 'quiet' },
};

const ASKED: Record<AskedState, { label: string; tone: Tone }> = {
  waiting: { label: 'Not asked yet', tone: 'quiet' },
  sent: { label: 'Asked', tone: 'live' },
  accepted: { label: 'Accepted', tone: 'good' },
  declined: { label: 'Declined', tone: 'bad' },
  expired: { label: 'No answer', tone: 'attention' },
  lost: { label: 'Not needed any more', tone: 'quiet' },
  withdrawn: { label: 'Withdrawn', tone: 'quiet' },
};

/** An offer in words, for the office. */
export function viewOffer(offer: RequestOffer, reader: Reader) {
  return {
    id: offer.id,
    ref: offer.ref,
    open: offer.status === 'open',
    state: STATES[offer.status],
    kind: KINDS[offer.kind],
    times: timesText(offer.terms, reader),
    startsOn: offer.terms.startsOn,
    length: offer.terms.sessionMinutes,
    chargeRate: offer.chargeRate,
    ...(offer.payRate === undefined ? {} : { payRate: offer.payRate }),
    message: offer.message,
    engagementId: offer.engagementId,
    made: [stampText(reader, offer.createdAt), offer.createdBy].filter(Boolean).join(', by '),
    waits: offer.tutors.filter(({ state }) => state === 'sent').length,
    tutors: offer.tutors.map((tutor) => ({
      id: tutor.tutorId,
      name: tutor.name,
      score: tutor.score,
      state: ASKED[tutor.state],
      said: saidText(tutor, reader),
      /** Nothing tells them of it. */
      unreached: tutor.state === 'sent' && !tutor.hasAddress,
      newcomer: tutor.state === 'sent' && tutor.hasAddress && !tutor.hasAccount,
    })),
  };
}

export type OfferView = ReturnType<typeof viewOffer>;

function saidText({ state, expiresAt, answeredAt, reason }: AskedTutor, reader: Reader): string {
  if (state === 'sent' && expiresAt) return `${distanceText(reader.now, new Date(expiresAt))} left to answer`;
  if (answeredAt) return [stampText(reader, new Date(answeredAt)), reason].filter(Boolean).join(': ');
  return state === 'expired' && expiresAt ? `Until ${stampText(reader, new Date(expiresAt))}` : '';
}
