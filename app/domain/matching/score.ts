import { languageName } from '#app/domain/people/languages.ts';
import { hours, type Pair } from './hard-rules.ts';
import { SCORE_PARTS, type ScoredPart, type ScorePart } from './match-facts.ts';

/**
 * What speaks for a tutor, as parts: each is worth something from 0 to 1, times its weight, in whole points. The score is
 * their sum and nothing else. What isn't known is worth a half. Browser-safe.
 */

interface Worth {
  worth: number;
  /** Put into words only for who reads them. */
  reason: () => string;
}

/** Whole points of one part. */
export const partPoints = (weight: number, worth: number) => Math.round(weight * worth);

/** The parts with their words. */
export function scoredParts(pair: Pair): ScoredPart[] {
  return SCORE_PARTS.map((part) => {
    const { worth, reason } = worths[part](pair);
    return { part, points: partPoints(pair.terms.weights[part], worth), of: pair.terms.weights[part], reason: reason() };
  });
}

/** From 0 to 1 by part: what other weights would make of the pair. */
export const partWorths = (pair: Pair): Record<ScorePart, number> =>
  Object.fromEntries(SCORE_PARTS.map((part) => [part, worths[part](pair).worth])) as Record<ScorePart, number>;

/** The same sum without the words, for hundreds of thousands of pairs. */
export function scoreOf(pair: Pair): number {
  let score = 0;
  for (const part of SCORE_PARTS) score += partPoints(pair.terms.weights[part], worths[part](pair).worth);
  return score;
}

const HALF = 0.5;
/** So many sessions together are worth all of it. */
const KNOWN_AFTER = 6;
/** What counts as a full week of a tutor of whom nothing is said. */
const FULL_WEEK_MINUTES = 20 * 60;
/** So far away is worth nothing. */
const FAR_MINUTES = 60;
/** Who misses a fifth of their sessions is worth nothing. */
const MISSED_AT_WORST = 0.2;

const share = (value: number) => Math.min(1, Math.max(0, value));

const worths: Record<ScorePart, (pair: Pair) => Worth> = {
  /** A wished time is worth all, a merely possible one half. */
  times: ({ request, slots = [] }) => {
    const wishes = request.times.some((time) => time.wished);
    const wished = slots.filter((slot) => slot.wished).length;
    const worth = !wishes ? 1 : (wished + HALF * (slots.length - wished)) / Math.max(1, slots.length);
    const reason = () => {
      if (!wishes) return request.times.length === 0 ? 'Any time suits' : 'At possible times, none is wished for';
      if (wished === slots.length) return 'As wished';
      return wished === 0 ? 'Possible, not as wished' : `${wished} of ${slots.length} as wished`;
    };
    return { worth, reason };
  },
  continuity: ({ request, tutor }) => {
    const together = tutor.sessionsWith.get(request.studentId) ?? 0;
    const worth = together === 0 ? 0 : share(0.4 + (0.6 * together) / KNOWN_AFTER);
    return { worth, reason: () => (together === 0 ? 'New to the student' : `${counted(together, 'session')} with the student`) };
  },
  /** Who has the least of what they wish for comes first. */
  load: ({ tutor: { plannedMinutesPerWeek: planned, wishedMinutesPerWeek, maxMinutesPerWeek } }) => {
    const full = wishedMinutesPerWeek ?? maxMinutesPerWeek ?? FULL_WEEK_MINUTES;
    const worth = full === 0 ? 0 : share(1 - planned / full);
    const of = wishedMinutesPerWeek !== null ? ` of ${hours(wishedMinutesPerWeek)} wished` : '';
    return { worth, reason: () => `${hours(planned)}${of} a week planned` };
  },
  distance: ({ inPerson, travelMinutes }) => {
    if (!inPerson) return { worth: 1, reason: () => 'Online, no way to go' };
    if (travelMinutes === null) return { worth: HALF, reason: () => 'The distance isn’t known: a place has no coordinates' };
    return { worth: share(1 - travelMinutes / FAR_MINUTES), reason: () => `${travelMinutes} min away` };
  },
  wishes: ({ request: { wishes }, tutor }) => {
    const asked: { met: boolean; as: string }[] = [];
    if (wishes.gender !== null) asked.push({ met: tutor.gender === wishes.gender, as: 'gender' });
    for (const language of wishes.languages) asked.push({ met: speaks(tutor.languages, language), as: languageName(language) });
    if (wishes.tutorId !== null) asked.push({ met: tutor.id === wishes.tutorId, as: 'the tutor they know' });
    if (wishes.tagIds.length > 0) {
      const met = wishes.tagIds.filter((id) => tutor.tagIds.includes(id)).length;
      for (let i = 0; i < wishes.tagIds.length; i++) asked.push({ met: i < met, as: 'style' });
    }
    const met = asked.filter((wish) => wish.met).length;
    if (asked.length === 0) return { worth: 1, reason: () => 'Nothing is wished for' };
    return {
      worth: met / asked.length,
      reason: () => {
        const open = [...new Set(asked.filter((wish) => !wish.met).map((wish) => wish.as))];
        return open.length === 0 ? 'All that is wished for' : `${met} of ${asked.length} wishes; not: ${open.join(', ')}`;
      },
    };
  },
  outcomes: ({ tutor: { held, missed } }) => {
    if (held === 0) return { worth: HALF, reason: () => 'No sessions in the last year' };
    const worth = share(1 - missed / held / MISSED_AT_WORST);
    return { worth, reason: () => `Missed ${missed} of ${counted(held, 'session')} in a year` };
  },
};

/** `pt` is met by `pt-BR`, and the other way round. */
const speaks = (languages: readonly string[], wanted: string) => {
  const base = (tag: string) => tag.toLowerCase().split('-')[0];
  return languages.some((language) => base(language) === base(wanted));
};

const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
