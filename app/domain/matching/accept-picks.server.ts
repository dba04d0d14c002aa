import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { loadMatchFacts } from './load-match-facts.server.ts';
import { judge } from './match.ts';
import type { RequestFacts } from './match-facts.ts';
import { readMatchingRules } from './matching-rules.ts';
import type { PickDetail } from './matching-run.ts';
import { DAY } from './week-spans.ts';

export interface AcceptPicks {
  runId: string;
  /** Which of them; of others nothing is done. */
  requestIds: readonly string[];
}

export interface AcceptedPicks {
  accepted: number;
  /** Who could not be offered, and why. */
  refused: { requestId: string; message: string }[];
}

/**
 * Offers each of these requests to the tutor proposed for it, at the times proposed, as the rules of the rates say. Looks
 * once more whether every rule is kept as things stand now. One that can't be offered stands in no other's way. Accepted
 * twice, it is offered once.
 */
export async function acceptPicks(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: AcceptPicks): Promise<AcceptedPicks> {
  const market = await loadMatchFacts(db, ctx, { requestIds: input.requestIds });
  const { matching } = await db.selectFrom('organisation').select('matching').executeTakeFirstOrThrow();
  const { answerHours } = readMatchingRules(matching);
  const facts = new Map(market.requests.map((request) => [request.id, request]));
  const outcome: AcceptedPicks = { accepted: 0, refused: [] };
  for (const requestId of input.requestIds) {
    try {
      const offered = await inTransaction(db, async (trx) => {
        const pick = await lockPick(trx, input.runId, requestId);
        const request = facts.get(requestId);
        if (!pick || !request) return false;
        const tutor = market.tutorsFor(request).find(({ id }) => id === pick.tutorId);
        if (!tutor) throw new DomainError('conflict', 'This tutor is not active any more. Solve it again.');
        const broken = judge(request, tutor, market.terms).broken[0];
        if (broken) throw new DomainError('conflict', `${tutor.name}: ${broken.message} Solve it again.`);
        const online = request.mode === 'online' || (request.mode === null && tutor.online);
        const { score, detail } = pick;
        await makeOffer(
          trx,
          ctx,
          actor,
          {
            id: randomUUID(),
            requestId,
            kind: 'one',
            tutorIds: [tutor.id],
            programId: request.programId,
            subjectId: request.subjectId,
            terms: {
              ...termsOf(request, detail),
              mode: online ? 'online' : 'in_person',
              location: pick.location,
              zone: market.zone,
            },
            chargeRate: null,
            payRate: null,
            whoMaySchedule: null,
            message: '',
            answerHours,
          },
          new Map([[tutor.id, { score, parts: detail.parts }]]),
        );
        await trx
          .updateTable('matchingPick')
          .set({ state: 'accepted' })
          .where('runId', '=', input.runId)
          .where('requestId', '=', requestId)
          .execute();
        return true;
      });
      if (offered) outcome.accepted += 1;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      outcome.refused.push({ requestId, message: error.message });
    }
  }
  return outcome;
}

function termsOf(request: RequestFacts, { slots }: PickDetail) {
  return {
    startsOn: request.startsOn,
    endsOn: request.endsOn !== null && request.endsOn < request.startsOn ? null : request.endsOn,
    sessionMinutes: request.sessionMinutes,
    placeId: request.mode === 'online' ? null : (request.place?.id ?? null),
    times: slots.map(({ start }) => ({ weekday: Math.floor(start / DAY) + 1, startMinute: start % DAY })),
  };
}

/** The request's row first, then its pick: as every offer does. */
async function lockPick(trx: Transaction<DB>, runId: string, requestId: string) {
  const request = await trx.selectFrom('request').select('location').where('id', '=', requestId).forUpdate().executeTakeFirst();
  const pick = await trx
    .selectFrom('matchingPick')
    .select(['tutorId', 'score', 'detail'])
    .where('runId', '=', runId)
    .where('requestId', '=', requestId)
    .where('state', '=', 'proposed')
    .where('tutorId', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  if (!request || !pick || pick.tutorId === null) return undefined;
  return {
    tutorId: pick.tutorId,
    score: pick.score ?? 0,
    detail: pick.detail as unknown as PickDetail,
    location: request.location,
  };
}
