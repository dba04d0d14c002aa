import type { MailOverride } from '#emails/override.ts';

/** The texts a mail is tried out with: it is an administrator's test, in words that aren't saved. Undefined: an ordinary mail. */
export function trialOf(data: unknown): MailOverride | undefined {
  const trial = (data as { trial?: unknown } | null)?.trial;
  if (typeof trial !== 'object' || trial === null) return undefined;
  const { subject, body, plain } = trial as Record<string, unknown>;
  return { subject: String(subject), body: String(body), plain: String(plain) };
}
