import type { CloseOutRules } from '#app/domain/closeout/close-out-rules.ts';

/** What the tutor wrote of a session, as far as it is meant for families at all: no private note, no pay. */
interface Written {
  notes: string;
  homework: string;
  nextTopics: string;
}

/** The same with what the company keeps to itself left out: notes with the topics to come, or homework. Browser-safe. */
export function seenByFamily<T extends Written>(written: T, rules: CloseOutRules): T {
  return {
    ...written,
    ...(rules.families_see_notes ? {} : { notes: '', nextTopics: '' }),
    ...(rules.families_see_homework ? {} : { homework: '' }),
  };
}
