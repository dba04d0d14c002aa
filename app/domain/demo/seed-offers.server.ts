import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { loadMatchFacts } from '#app/domain/matching/load-match-facts.server.ts';
import { matchOne } from '#app/domain/matching/match.ts';
import { answerOffer } from '#app/domain/offers/answer-offer.server.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { type OfferKind, offerSchema } from '#app/domain/offers/offer.schema.ts';
import type { DB } from '#db/types.ts';
import { tutors } from './company.ts';
import { idOf } from './random.ts';
import { userIdOf } from './seed-people.server.ts';

const scheduler: Actor = { userId: userIdOf('scheduler'), kind: 'user' };
const system: Actor = { userId: null, kind: 'system' };
const DAY = 1440;

interface Offered {
  /** Of the demo's requests, by its number. */
  request: number;
  kind: OfferKind;
  most: number;
  message: string;
  /** What the first who was asked said. */
  first?: 'accept' | 'decline';
}

const OFFERED: Offered[] = [
  { request: 3, kind: 'in_order', most: 3, message: 'A motivated student; the exam is in May.', first: 'decline' },
  { request: 7, kind: 'one', most: 1, message: '', first: 'accept' },
  { request: 4, kind: 'all', most: 4, message: 'Fractions, from the beginning, with somebody calm. Whoever is first has it.' },
];

/** Of the demo's requests one is with its second tutor, one is taken and to be booked, one is out to several at once. */
export async function seedOffers(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const demoTutor = tutors[0]?.id;
  for (const { request: number, kind, most, message, first } of OFFERED) {
    const market = await loadMatchFacts(trx, ctx, { requestIds: [idOf('request', number)] });
    const [request] = market.requests;
    if (!request) continue;
    const fits = matchOne(request, market.tutorsFor(request), market.terms).filter((match) => match.broken.length === 0);
    // Who signs in as the demo's tutor finds something to answer, where they fit.
    const chosen = [
      ...fits.filter(({ tutorId }) => kind === 'all' && tutorId === demoTutor),
      ...fits.filter(({ tutorId }) => tutorId !== demoTutor),
    ].slice(0, most);
    const [best] = chosen;
    if (!best) continue;
    const id = idOf('offer', number);
    const offer = offerSchema.parse({
      id,
      requestId: request.id,
      kind: chosen.length === 1 ? 'one' : kind,
      tutorIds: chosen.map(({ tutorId }) => tutorId),
      programId: request.programId,
      subjectId: request.subjectId,
      terms: {
        startsOn: request.startsOn,
        endsOn: request.endsOn ?? '',
        sessionMinutes: request.sessionMinutes,
        mode: 'online',
        placeId: '',
        location: '',
        times: best.slots.map(({ start }) => ({ weekday: Math.floor(start / DAY) + 1, startMinute: start % DAY })),
        zone: market.zone,
      },
      chargeRate: null,
      payRate: null,
      whoMaySchedule: '',
      message,
      answerHours: 48,
    });
    const scores = new Map(chosen.map(({ tutorId, score, parts }) => [tutorId, { score, parts }]));
    const earlier = (hours: number): DomainContext => ({
      ...ctx,
      clock: () => new Date(ctx.clock().getTime() - hours * 3_600_000),
    });
    const by = (actor: Actor, hours: number): Actor => ({ ...actor, at: earlier(hours).clock() });
    const made = first ? 20 : 0;
    await makeOffer(trx, earlier(made), by(scheduler, made), offer, scores);
    if (!first) continue;
    const answer =
      first === 'accept' ? ({ kind: 'accept' } as const) : ({ kind: 'decline', reason: 'The times don’t suit' } as const);
    await answerOffer(trx, earlier(6), by(system, 6), { offerId: id, tutorId: best.tutorId, answer });
  }
}
