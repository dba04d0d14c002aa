import { MailRenderError, type RenderedMail, renderMail } from '#emails/render.ts';
import { type MailOverrides, overrideFor, type WrittenMail } from './mail-overrides.server.ts';
import { trialOf } from './mail-trial.ts';

export interface WrittenRendering {
  rendered: RenderedMail;
  /** The administrator's version that was used; null: what ships. */
  templateVersionId: string | null;
  /** An administrator's version that no mail could be made of. */
  broken: { written: WrittenMail; reason: string } | null;
}

interface StoredMail {
  template: string;
  data: unknown;
}

/**
 * A mail as it goes out now: as an administrator wrote it for the reader's language, or as it ships. A version that no mail can
 * be made of stops none: what ships goes out. Throws MailRenderError where the data themselves don't fit.
 */
export function renderWrittenMail(overrides: MailOverrides, mail: StoredMail): WrittenRendering {
  const asIs = (): WrittenRendering => ({ rendered: renderStored(mail), templateVersionId: null, broken: null });
  const { locale } = mail.data as { locale?: unknown };
  const written = overrideFor(overrides, mail.template, typeof locale === 'string' ? locale : 'en');
  if (!written || trialOf(mail.data)) return asIs();
  try {
    return { rendered: renderMail(mail.template, mail.data, written), templateVersionId: written.id, broken: null };
  } catch (error) {
    if (!(error instanceof MailRenderError) || error.code !== 'bad_template') throw error;
    return { ...asIs(), broken: { written, reason: error.message } };
  }
}

/** A mail in certain texts; without them as it ships, or, of a test, in the texts it carries: marked, and in no calendar. */
export function renderStored(mail: StoredMail, texts = trialOf(mail.data)): RenderedMail {
  const { calendar, ...rendered } = renderMail(mail.template, mail.data, texts);
  if (trialOf(mail.data)) return { ...rendered, subject: `Test: ${rendered.subject}` };
  return calendar ? { ...rendered, calendar } : rendered;
}
