import { HARD_RULES, type HardRule, type Match } from './match-facts.ts';

/** Of one rule: whom it keeps out, and who appears when it is let go. */
export interface RuleRemoves {
  rule: HardRule;
  removes: number;
  /** Tutors for whom it is the only one in the way, in the order of the matches. */
  alone: string[];
}

/** What each rule does to a request, the one whose loosening brings most first; rules that remove nobody are left out. */
export function whatRemoves(matches: readonly Match[]): RuleRemoves[] {
  return HARD_RULES.map((rule) => {
    const out = matches.filter(({ broken }) => broken.some((one) => one.rule === rule));
    return { rule, removes: out.length, alone: out.filter(({ broken }) => broken.length === 1).map(({ tutorId }) => tutorId) };
  })
    .filter(({ removes }) => removes > 0)
    .sort((a, b) => b.alone.length - a.alone.length || b.removes - a.removes);
}
