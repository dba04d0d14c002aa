import type { AppContext } from '#app/context.ts';
import { loadMatchFacts } from '#app/domain/matching/load-match-facts.server.ts';
import { matchOne } from '#app/domain/matching/match.ts';
import { listNextTimes } from '#app/domain/matching/next-times.server.ts';
import { whatRemoves } from '#app/domain/matching/nobody-fits.ts';
import { listPairRates } from '#app/domain/matching/pair-rates.server.ts';
import { cityOf } from '#app/ui/format.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { passes, readMatchFilter } from './match-filter.ts';
import { askedFor, viewMatch, viewRules } from './view-match.ts';

const SHOWN_AT_FIRST = 12;
const MOST_COMPARED = 3;
const NEXT_TIMES = 3;

interface Wanted {
  requestId: string;
  params: URLSearchParams;
  reader: Reader;
  /** What a tutor earns is not even read for who may not see it. */
  seesPay: boolean;
}

/** Everything the page shows; undefined while the request says too little to look for anybody. */
export async function loadRanking(context: AppContext, { requestId, params, reader, seesPay }: Wanted) {
  const { db } = context;
  const market = await loadMatchFacts(db, context, { requestIds: [requestId] });
  const [request] = market.requests;
  if (!request) return undefined;
  const tutors = new Map(market.tutorsFor(request).map((tutor) => [tutor.id, tutor]));
  const matches = matchOne(request, [...tutors.values()], market.terms);
  const filter = readMatchFilter(params);
  const fitting = matches.flatMap((match) => {
    const tutor = match.broken.length === 0 ? tutors.get(match.tutorId) : undefined;
    return tutor ? [{ match, tutor }] : [];
  });
  const passing = fitting.filter((pair) => passes(filter, { ...pair, studentId: request.studentId }));
  const shown = params.get('all') === '1' ? passing : passing.slice(0, SHOWN_AT_FIRST);
  const chosen = params.getAll('tutor').slice(0, MOST_COMPARED);
  const comparing = params.get('compare') === '1';
  const compared = comparing ? fitting.filter(({ tutor }) => chosen.includes(tutor.id)) : [];
  const tutorIds = [...new Set([...shown, ...compared].map(({ tutor }) => tutor.id))];
  const [next, rates] = await Promise.all([
    listNextTimes(db, context, { request, tutorIds, terms: market.terms, zone: market.zone, most: NEXT_TIMES }),
    listPairRates(db, request, { tutorIds, pay: seesPay }),
  ]);
  const view = (pair: (typeof fitting)[number]) =>
    viewMatch(pair, { next: next.get(pair.tutor.id) ?? [], rates: rates.get(pair.tutor.id), reader });
  return {
    asked: askedFor(request),
    filter,
    /** Whose time the weekly times are in, where the reader lives elsewhere. */
    elsewhere: reader.zone === market.zone ? null : cityOf(market.zone),
    languages: [...new Set(fitting.flatMap(({ tutor }) => tutor.languages))].sort(),
    looked: matches.length,
    fitting: fitting.length,
    passing: passing.length,
    list: shown.map(view),
    chosen,
    /** Asked to compare with nobody chosen. */
    noneToCompare: comparing && compared.length === 0,
    compared: compared.map(view),
    rules: viewRules(whatRemoves(matches), { matches, names: new Map([...tutors].map(([id, { name }]) => [id, name])) }),
  };
}

export type Ranking = NonNullable<Awaited<ReturnType<typeof loadRanking>>>;
