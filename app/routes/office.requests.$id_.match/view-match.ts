import { hours } from '#app/domain/matching/hard-rules.ts';
import type { HardRule, Match, RequestFacts, ScoredPart, TutorFacts } from '#app/domain/matching/match-facts.ts';
import type { RuleRemoves } from '#app/domain/matching/nobody-fits.ts';
import type { PairRates } from '#app/domain/matching/pair-rates.server.ts';
import { dateText } from '#app/domain/matching/slot-words.ts';
import { dayText, type Reader, timeText } from '#app/ui/session-when.ts';
import { weekTimeText } from '#app/ui/week-time-text.ts';

/** What the page shows of a tutor who fits; words are made on the server. */
export interface MatchView {
  tutorId: string;
  name: string;
  score: number;
  parts: ScoredPart[];
  /** Of a usual week, in the organisation's time. */
  slots: string[];
  /** The next free ones, in the reader's time. */
  next: string[];
  planned: string;
  notes: string[];
  charge: bigint | null;
  /** Only for who may see it. */
  money?: { pay: bigint | null; margin: bigint | null };
}

export function viewMatch(
  { match, tutor }: { match: Match; tutor: TutorFacts },
  { next, rates, reader }: { next: readonly Date[]; rates: PairRates | undefined; reader: Reader },
): MatchView {
  const { charge = null, pay } = rates ?? {};
  const limit = tutor.maxMinutesPerWeek === null ? '' : ` of ${hours(tutor.maxMinutesPerWeek)}`;
  return {
    tutorId: tutor.id,
    name: tutor.name,
    score: match.score,
    parts: match.parts,
    slots: match.slots.map((slot) => weekTimeText(slot, reader.locale)),
    next: next.map((at) => `${dayText(reader, at)}, ${timeText(reader, at)}`),
    planned: `${hours(tutor.plannedMinutesPerWeek)}${limit} a week`,
    notes: match.notes,
    charge,
    ...(pay === undefined ? {} : { money: { pay, margin: charge === null || pay === null ? null : charge - pay } }),
  };
}

export interface RuleView {
  rule: HardRule;
  title: string;
  removes: number;
  /** What could be changed. */
  loosen: string;
  appear: { tutorId: string; name: string; message: string }[];
  more: number;
}

const MOST_NAMED = 5;

export const RULES: Record<HardRule, { title: string; loosen: string }> = {
  subject: { title: 'Don’t teach the subject', loosen: 'Add the subject to a tutor who could teach it' },
  level: { title: 'Don’t teach it at that level', loosen: 'Ask for any level, or add the level to a tutor' },
  mode: { title: 'Don’t teach that way', loosen: 'Ask for online and in person alike' },
  clearance: { title: 'Lack a valid clearance', loosen: 'Check or renew what is missing' },
  excluded: { title: 'Were ruled out', loosen: 'Take back who was ruled out' },
  reach: { title: 'Live too far away', loosen: 'Teach it online, or at a place that is nearer' },
  times: { title: 'Have no time then', loosen: 'Ask for more possible times, or for fewer sessions a week' },
  hours_left: { title: 'Have no hours left', loosen: 'Ask for less a week, or let a tutor do more' },
};

export function viewRules(
  rules: readonly RuleRemoves[],
  { matches, names }: { matches: readonly Match[]; names: ReadonlyMap<string, string> },
): RuleView[] {
  const byTutor = new Map(matches.map((match) => [match.tutorId, match]));
  return rules.map(({ rule, removes, alone }) => ({
    rule,
    removes,
    ...RULES[rule],
    appear: alone.slice(0, MOST_NAMED).map((tutorId) => ({
      tutorId,
      name: names.get(tutorId) ?? '',
      message: byTutor.get(tutorId)?.broken[0]?.message ?? '',
    })),
    more: Math.max(0, alone.length - MOST_NAMED),
  }));
}

/** What is asked for, in a line. */
export function askedFor(request: RequestFacts): string {
  const mode = request.mode === 'online' ? 'online' : request.mode === 'in_person' ? 'in person' : 'online or in person';
  const often = request.sessionsPerWeek === 1 ? 'once a week' : `${request.sessionsPerWeek} times a week`;
  const what = request.levelName === null ? request.subjectName : `${request.subjectName} (${request.levelName})`;
  return `${what} for ${request.studentName}, ${request.sessionMinutes} min ${often}, ${mode}, from ${dateText(request.startsOn)}.`;
}
