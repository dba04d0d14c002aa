import { distanceKm, pairKey, travelMinutes } from '#app/domain/scheduling/travel.ts';
import type { BrokenRule, HardRule, MatchTerms, RequestFacts, TutorFacts, WeeklySlot } from './match-facts.ts';
import { dateText } from './slot-words.ts';
import { weeklySlots } from './weekly-slots.ts';

/**
 * What keeps a tutor from being given, whatever the weights. A request that is open to both modes is taught online by a
 * tutor who does, else in person. Browser-safe.
 */

/** The pair as every rule and every part of the score sees it. */
export interface Pair {
  request: RequestFacts;
  tutor: TutorFacts;
  terms: MatchTerms;
  inPerson: boolean;
  /** One way, in person; null: not known, or not gone. */
  travelMinutes: number | null;
  /** Undefined: there aren't as many times in a week. */
  slots: WeeklySlot[] | undefined;
}

export function pairOf(request: RequestFacts, tutor: TutorFacts, terms: MatchTerms): Pair {
  const inPerson = isInPerson(request, tutor);
  return {
    request,
    tutor,
    terms,
    inPerson,
    travelMinutes: wayTo(request, tutor, { terms, inPerson }),
    slots: weeklySlots(request, tutor, { terms, inPerson }),
  };
}

const isInPerson = ({ mode }: RequestFacts, { online }: TutorFacts): boolean =>
  mode === 'in_person' || (mode === null && !online);

/** What was entered of the pair of places, else by distance; null where one of them has no coordinates. */
function wayTo(
  { place }: RequestFacts,
  { home }: TutorFacts,
  { terms: { travel }, inPerson }: Pick<Pair, 'terms' | 'inPerson'>,
): number | null {
  if (!inPerson || !place || !home) return null;
  const known = travel.table.has(pairKey(home.id, place.id)) || distanceKm(home, place) !== undefined;
  return known ? travelMinutes(home, place, travel.table, travel) : null;
}

const breaks: Record<HardRule, (pair: Pair) => boolean> = {
  subject: ({ request, tutor }) => !tutor.levelsBySubject.has(request.subjectId),
  level: ({ request: { subjectId, levelId }, tutor }) => {
    const levels = tutor.levelsBySubject.get(subjectId) ?? [];
    return levelId !== null && levels.length > 0 && !levels.includes(levelId);
  },
  mode: ({ tutor, inPerson }) => (inPerson ? !tutor.inPerson : !tutor.online),
  clearance: ({ tutor: { lacking }, inPerson }) => lacking.always.length > 0 || (inPerson && lacking.inPerson.length > 0),
  excluded: ({ request, tutor }) => request.excludedTutorIds.includes(tutor.id),
  reach: ({ tutor: { reachMinutes }, travelMinutes: way }) => reachMinutes !== null && way !== null && way > reachMinutes,
  times: ({ slots }) => slots === undefined,
  hours_left: ({ request, tutor: { maxMinutesPerWeek, plannedMinutesPerWeek } }) =>
    maxMinutesPerWeek !== null && plannedMinutesPerWeek + minutesAWeek(request) > maxMinutesPerWeek,
};

/** The cheap ones first: of most tutors the times are never looked at. */
const AT_ONCE: readonly HardRule[] = ['subject', 'level', 'excluded', 'mode', 'clearance', 'hours_left'];

/** The pair where no rule is broken, else undefined; for many pairs, since it stops at the first rule that is. */
export function allowedPair(request: RequestFacts, tutor: TutorFacts, terms: MatchTerms): Pair | undefined {
  const inPerson = isInPerson(request, tutor);
  const early: Pair = { request, tutor, terms, inPerson, travelMinutes: null, slots: [] };
  if (AT_ONCE.some((rule) => breaks[rule](early))) return undefined;
  early.travelMinutes = wayTo(request, tutor, early);
  if (breaks.reach(early)) return undefined;
  early.slots = weeklySlots(request, tutor, early);
  return early.slots === undefined ? undefined : early;
}

/** Everything that stands in the way, in the order of the rules. */
export function brokenRules(pair: Pair): BrokenRule[] {
  return (Object.keys(breaks) as HardRule[])
    .filter((rule) => breaks[rule](pair))
    .map((rule) => ({ rule, message: messages[rule](pair) }));
}

const minutesAWeek = ({ sessionMinutes, sessionsPerWeek }: RequestFacts) => sessionMinutes * sessionsPerWeek;

const messages: Record<HardRule, (pair: Pair) => string> = {
  subject: ({ request }) => `Doesn’t teach ${request.subjectName}.`,
  level: ({ request }) => `Doesn’t teach ${request.subjectName} at the level ${request.levelName ?? 'asked for'}.`,
  mode: ({ inPerson }) => (inPerson ? 'Doesn’t teach in person.' : 'Doesn’t teach online.'),
  clearance: ({ tutor: { lacking }, inPerson }) => {
    const names = [...lacking.always, ...(inPerson ? lacking.inPerson : [])];
    return `Has no valid ${names.join(', ')} at the start.`;
  },
  excluded: () => 'Was ruled out for this student or this request.',
  reach: ({ tutor, travelMinutes: way }) => `Is ${way} min away and goes ${tutor.reachMinutes} at most.`,
  times: ({ request, tutor }) => {
    if (tutor.awayUntil !== null && tutor.free.length === 0)
      return `Has time off at the start, until ${dateText(tutor.awayUntil)}.`;
    if (tutor.free.length === 0) return 'Has no free time in a usual week.';
    const { sessionsPerWeek: wanted, sessionMinutes } = request;
    if (wanted === 1) return `Has no ${sessionMinutes} min free at the times asked for.`;
    return `Hasn’t ${wanted} times of ${sessionMinutes} min a week free, on different days, at the times asked for.`;
  },
  hours_left: ({ request, tutor }) => {
    const left = Math.max(0, (tutor.maxMinutesPerWeek ?? 0) - tutor.plannedMinutesPerWeek);
    return `Has ${hours(left)} a week left, and this takes ${hours(minutesAWeek(request))}.`;
  },
};

/** `1.5 h` */
export const hours = (minutes: number): string => `${Math.round((minutes / 60) * 100) / 100} h`;
