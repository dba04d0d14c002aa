import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getMatchingRules } from '#app/domain/matching/edit-matching-rules.server.ts';
import { loadMatchFacts } from '#app/domain/matching/load-match-facts.server.ts';
import { matchOne } from '#app/domain/matching/match.ts';
import type { Match } from '#app/domain/matching/match-facts.ts';
import { listPairRates } from '#app/domain/matching/pair-rates.server.ts';
import { OFFER_TUTORS } from '#app/domain/offers/offer.schema.ts';
import { listRequestOffers, listTutorReach, type RequestOffer } from '#app/domain/offers/queries.server.ts';
import { listWhereChoices } from '#app/domain/places/queries.server.ts';
import { getRequest } from '#app/domain/requests/queries.server.ts';
import { listProgramChoices } from '#app/domain/requests/request-choices.server.ts';
import { decimalText } from '#app/ui/format.ts';
import { found } from '#app/ui/record-param.server.ts';
import { weekTimeText } from '#app/ui/week-time-text.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { offerFormValues } from './offer-values.ts';

const OTHERS_SHOWN = 8;
const DAY = 1440;

/** Who may set what an offer pays and costs: as with the rates themselves. */
export const ratesOf = (user: SignedInUser) => ({
  maySetRates: can(user, 'rates.manage') && can(user, 'rates.pay.read'),
  seesPay: can(user, 'rates.pay.read'),
});

/** The request's ranking as it is now; undefined while it says too little to look for anybody. */
export async function rankingOf(context: AppLoadContext, requestId: string) {
  const market = await loadMatchFacts(context.db, context, { requestIds: [requestId] });
  const [request] = market.requests;
  if (!request) return undefined;
  const tutors = market.tutorsFor(request);
  const names = new Map(tutors.map(({ id, name }) => [id, name]));
  return { request, matches: matchOne(request, tutors, market.terms), names, zone: market.zone };
}

/** What the form begins with: terms of the request and of the first tutor's match, or of the offer that is made again. */
export async function loadOfferForm(context: AppLoadContext, user: SignedInUser, id: string, params: URLSearchParams) {
  const { db } = context;
  const { organisation, reader } = await readerFor(user, context);
  const row = await found(getRequest(db, reader.now, id));
  const { maySetRates, seesPay } = ratesOf(user);
  const offers = await listRequestOffers(db, reader.now, { requestId: id, pay: seesPay });
  const out = offers.find((offer) => offer.status === 'open');
  const head = { id, ref: row.ref, student: row.studentName, subject: row.subjectName, closed: row.closedAt !== null };
  const ranking = head.closed || out ? undefined : await rankingOf(context, id);
  if (!ranking) return { head, outRef: out?.ref ?? null, form: null };

  const again = offers.find((offer) => offer.id === params.get('again'));
  const { request, matches } = ranking;
  const chosen = chosenTutors(params, matches, again);
  const fits = matches.filter((match) => match.broken.length === 0).map((match) => match.tutorId);
  const shown = [...chosen, ...fits.filter((tutor) => !chosen.includes(tutor)).slice(0, OTHERS_SHOWN)];
  const [rates, reach, programs, { places }, { rules }] = await Promise.all([
    listPairRates(db, request, { tutorIds: shown, pay: seesPay }),
    listTutorReach(db, shown),
    listProgramChoices(db),
    listWhereChoices(db, { placeId: row.placeId }),
    getMatchingRules(db),
  ]);
  const byTutor = new Map(matches.map((match) => [match.tutorId, match]));
  const best = byTutor.get(chosen[0] ?? '');
  const money = (amount: bigint | null | undefined) =>
    amount === null || amount === undefined || !maySetRates ? '' : decimalText(amount, currencyDigits(organisation.currency));
  return {
    head,
    outRef: null,
    form: {
      id: randomUUID(),
      maySetRates,
      currency: organisation.currency,
      fitting: fits.length,
      all: params.get('tutors') === 'all',
      programs: programs.map(({ id: programId, name }) => ({ id: programId, name })),
      places: places
        .filter((place) => place.clientId === null || place.clientId === row.clientId)
        .map(({ id: placeId, name }) => ({ id: placeId, name })),
      tutors: shown.flatMap((tutorId) => {
        const person = reach.get(tutorId);
        const match = byTutor.get(tutorId);
        if (!person) return [];
        const rate = rates.get(tutorId);
        return [
          {
            ...person,
            score: match && match.broken.length === 0 ? match.score : null,
            broken: match ? match.broken.map(({ message }) => message) : ['Not an active tutor any more.'],
            slots: match?.slots.map((slot) => weekTimeText(slot, reader.locale)).join(', ') ?? '',
            charge: rate?.charge ?? null,
            ...(seesPay ? { pay: rate?.pay ?? null } : {}),
          },
        ];
      }),
      initial: offerFormValues({
        tutorIds: chosen,
        again,
        request: { ...request, mode: row.mode, placeId: row.placeId, location: row.location },
        times: best?.slots.map(({ start }) => ({ weekday: Math.floor(start / DAY) + 1, startMinute: start % DAY })) ?? [],
        answerHours: rules.answerHours,
        chargeRate: money(again?.chargeRate),
        payRate: money(again?.payRate),
      }),
    },
  };
}

export type OfferPage = Awaited<ReturnType<typeof loadOfferForm>>;

/** In the order they are to be asked: those of the address, everybody who fits, or whom an earlier offer left unasked; else the best. */
function chosenTutors(params: URLSearchParams, matches: readonly Match[], again: RequestOffer | undefined): string[] {
  const fits = matches.filter((match) => match.broken.length === 0).map((match) => match.tutorId);
  if (params.get('tutors') === 'all') return fits.slice(0, OFFER_TUTORS);
  const asked = [...(params.get('tutors') ?? '').split(','), ...params.getAll('tutor')].filter(isId);
  if (asked.length > 0) return [...new Set(asked)].slice(0, OFFER_TUTORS);
  const left = again?.tutors.filter(({ state }) => state !== 'declined').map(({ tutorId }) => tutorId) ?? [];
  return left.length > 0 ? left : fits.slice(0, 1);
}
