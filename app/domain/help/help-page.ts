import type { CompanyFacts } from './company-facts.server.ts';
import type { HELP_TOPICS, HelpRole } from './help-topics.ts';
import { policyWords, type Sees } from './policy-words.ts';

export interface HelpText {
  text: string[];
  /** What holds in one program alone. */
  programs?: { name: string; text: string[] }[];
  links?: { to: string; label: string }[];
}

/** Everything a role's page goes through; the compiler sees to it that nothing is left out. */
export type HelpOf<Role extends HelpRole> = Record<keyof (typeof HELP_TOPICS)[Role], HelpText>;

/** What a program's rules say that the company's don't; programs that say the same are left out. */
export function differing(
  facts: CompanyFacts,
  words: (of: Pick<CompanyFacts, 'policy' | 'planning'>) => string[],
): NonNullable<HelpText['programs']> {
  const usual = new Set(words(facts));
  return facts.programs
    .map((program) => ({ name: program.name, text: words(program).filter((line) => !usual.has(line)) }))
    .filter(({ text }) => text.length > 0);
}

/** What becomes of absences, and where a program says otherwise. */
export function absenceHelp(facts: CompanyFacts, sees: Sees): Pick<HelpText, 'text' | 'programs'> {
  const words = ({ policy }: Pick<CompanyFacts, 'policy'>) => {
    const { lateCancel, noShow, makeUp } = policyWords(policy, sees);
    return [...lateCancel, ...noShow, ...makeUp];
  };
  return { text: words(facts), programs: differing(facts, words) };
}
