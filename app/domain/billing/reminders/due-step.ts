/** Which reminder an open invoice is due for. Pure. */

export interface StepDay {
  id: string;
  /** Below 0: before the invoice is due. */
  daysAfterDue: number;
}

/**
 * The latest step whose day has come, unless it was sent: who was forgotten is told once, not by every step that was
 * missed. A step of before the due day is not made up for afterwards.
 */
export function dueStep<S extends StepDay>(steps: readonly S[], daysOverdue: number, sent: ReadonlySet<string>): S | undefined {
  const reached = steps
    .filter((step) => step.daysAfterDue <= daysOverdue && (step.daysAfterDue >= 0 || daysOverdue <= 0))
    .sort((a, b) => b.daysAfterDue - a.daysAfterDue)[0];
  if (!reached || sent.has(reached.id)) return undefined;
  return reached;
}

/** What a step's words say for one invoice: {number}, {open}, {due} and {family} stand for its own. */
export function fillWords(words: string, values: Record<'number' | 'open' | 'due' | 'family', string>): string {
  return words.replaceAll(/\{(number|open|due|family)\}/g, (_, name: keyof typeof values) => values[name]);
}
