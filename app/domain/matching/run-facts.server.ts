import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { readOfferTerms } from '#app/domain/offers/offer.schema.ts';
import type { DB } from '#db/types.ts';
import type { AssignmentProblem } from './assignment.ts';
import { loadMatchFacts } from './load-match-facts.server.ts';
import { marketOf, minutesLeft, placingBonus, scoresOf } from './market.ts';
import type { MatchTerms, RequestFacts, TutorFacts, WeekSpan } from './match-facts.ts';
import { withoutTaken } from './seat-in-week.ts';
import { DAY } from './week-spans.ts';

/** How long it scores at a time. */
const TURN_MS = 5;

export interface RunFacts {
  requests: RequestFacts[];
  tutorIds: string[];
  /** The tutor in this column as of the request's start, without what they are asked for already. */
  tutorFor(request: RequestFacts, column: number): TutorFacts;
  terms: MatchTerms;
  /** By request the pairs that no rule keeps apart. */
  scores: { column: number; score: number }[][];
  bonuses: number[];
  problem: AssignmentProblem;
  pins: Map<string, string>;
}

/**
 * Reads every open request that no offer is out for, and scores it with every tutor; a pinned one with that tutor alone.
 * What tutors are asked for just now counts as theirs. It takes a third of the thread, since others open
 * pages meanwhile.
 */
export async function readRunFacts(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { signal, onScored }: { signal?: AbortSignal; onScored?: (pairs: number) => void } = {},
): Promise<RunFacts> {
  const [market, pins, offered] = [await loadMatchFacts(db, ctx), await readPins(db), await readOffered(db)];
  const out = new Set(offered.map(({ requestId }) => requestId));
  const requests = market.requests.filter(({ id }) => !out.has(id));
  const asked = Map.groupBy(offered, ({ tutorId }) => tutorId);
  const { terms } = market;
  const byStart = new Map<string, TutorFacts[]>();
  const tutorsAt = (request: Pick<RequestFacts, 'startsOn'>): TutorFacts[] => {
    const known =
      byStart.get(request.startsOn) ?? market.tutorsFor(request).map((tutor) => lessOffered(tutor, asked.get(tutor.id)));
    byStart.set(request.startsOn, known);
    return known;
  };
  const scores: RunFacts['scores'] = [];
  let pairs = 0;
  let since = performance.now();
  for (const request of requests) {
    const own = scoresOf(request, tutorsAt(request), terms, { pinnedTo: pins.get(request.id) ?? null });
    scores.push(own);
    pairs += own.length;
    const worked = performance.now() - since;
    if (worked > TURN_MS) {
      await setTimeout(2 * worked);
      since = performance.now();
    }
    signal?.throwIfAborted();
    onScored?.(pairs);
  }
  const lists = [...byStart.values()];
  const capacities = (lists[0] ?? []).map((_, column) =>
    Math.min(...lists.map((list) => minutesLeft(list[column] as TutorFacts))),
  );
  const bonuses = requests.map((request) => placingBonus(request, terms, ctx.clock()));
  return {
    requests,
    tutorIds: (lists[0] ?? []).map(({ id }) => id),
    tutorFor: (request, column) => tutorsAt(request)[column] as TutorFacts,
    terms,
    scores,
    bonuses,
    problem: marketOf({ requests, capacities, terms, bonuses, scores }),
    pins,
  };
}

async function readPins(db: Kysely<DB>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('matchingWish').select(['requestId', 'tutorId']).where('kind', '=', 'pin').execute();
  return new Map(rows.map(({ requestId, tutorId }) => [requestId, tutorId]));
}

interface Offered {
  requestId: string;
  tutorId: string;
  spans: WeekSpan[];
  minutes: number;
}

/** What tutors have been asked and not answered yet. */
async function readOffered(db: Kysely<DB>): Promise<Offered[]> {
  const { rows } = await sql<{ requestId: string; tutorId: string; terms: unknown }>`
    SELECT o.request_id, t.tutor_id, o.terms FROM offer o JOIN offer_tutor t ON t.offer_id = o.id
    WHERE o.status = 'open' AND t.status IN ('sent', 'waiting')`.execute(db);
  return rows.map(({ requestId, tutorId, terms }) => {
    const { times, sessionMinutes } = readOfferTerms(terms);
    const spans = times.map(({ weekday, startMinute }) => {
      const start = (weekday - 1) * DAY + startMinute;
      return { start, end: start + sessionMinutes };
    });
    return { requestId, tutorId, spans, minutes: sessionMinutes * Math.max(1, times.length) };
  });
}

function lessOffered(tutor: TutorFacts, offered: readonly Offered[] | undefined): TutorFacts {
  if (!offered) return tutor;
  const minutes = offered.reduce((sum, offer) => sum + offer.minutes, 0);
  const left = withoutTaken(tutor, { spans: offered.flatMap(({ spans }) => spans), visits: [] });
  return { ...left, plannedMinutesPerWeek: tutor.plannedMinutesPerWeek + minutes };
}
