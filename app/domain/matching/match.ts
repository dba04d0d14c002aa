import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { allowedPair, brokenRules, type Pair, pairOf } from './hard-rules.ts';
import type { Match, MatchTerms, RequestFacts, TutorFacts } from './match-facts.ts';
import { scoredParts, scoreOf } from './score.ts';
import { dateText } from './slot-words.ts';

/** One request against tutors: hard rules first, then a score whose parts are shown. Pure, browser-safe. */

/**
 * Every tutor, those who may be given first, the best score first; then those a rule keeps out, the fewest broken rules
 * first. The order is the same whatever the order they came in.
 */
export function matchOne(request: RequestFacts, tutors: readonly TutorFacts[], terms: MatchTerms): Match[] {
  const ranked = tutors.map((tutor) => ({ match: judge(request, tutor, terms), name: tutor.name }));
  ranked.sort(
    (a, b) =>
      a.match.broken.length - b.match.broken.length ||
      b.match.score - a.match.score ||
      a.name.localeCompare(b.name) ||
      (a.match.tutorId < b.match.tutorId ? -1 : 1),
  );
  return ranked.map(({ match }) => match);
}

/** One pair, with everything the page says of it. */
export function judge(request: RequestFacts, tutor: TutorFacts, terms: MatchTerms): Match {
  return asMatch(pairOf(request, tutor, terms));
}

/** The score alone of a tutor who may be given, undefined where a rule is broken: for many requests at once. */
export function quickScore(request: RequestFacts, tutor: TutorFacts, terms: MatchTerms): number | undefined {
  const pair = allowedPair(request, tutor, terms);
  return pair && scoreOf(pair);
}

function asMatch(pair: Pair): Match {
  const broken = brokenRules(pair);
  const parts = broken.length > 0 ? [] : scoredParts(pair);
  return {
    requestId: pair.request.id,
    tutorId: pair.tutor.id,
    broken,
    score: parts.reduce((sum, { points }) => sum + points, 0),
    parts,
    slots: broken.length > 0 ? [] : (pair.slots ?? []),
    travelMinutes: pair.travelMinutes,
    notes: broken.length > 0 ? [] : notesOf(pair),
  };
}

const FORESEEN_DAYS = 183;

function notesOf({ request, tutor, inPerson }: Pair): string[] {
  // Without an end, who has to be renewed only years from now is no different from the others.
  const until = request.endsOn ?? addDays(request.startsOn, FORESEEN_DAYS);
  const runningOut = tutor.runningOut
    .filter(({ on, inPersonOnly }) => (inPerson || !inPersonOnly) && on < until)
    .map(({ name, on }) => `${name} runs out on ${dateText(on)}.`);
  return [...(tutor.awayUntil === null ? [] : [`Has time off at the start, until ${dateText(tutor.awayUntil)}.`]), ...runningOut];
}
