import { MailRenderError, type RenderedMail, renderMail } from '#emails/render.ts';
import { type MailOverrides, overrideFor, type WrittenMail } from './mail-overrides.server.ts';

export interface WrittenRendering {
  rendered: RenderedMail;
  /** The administrator's version that was used; null: what ships. */
  templateVersionId: string | null;
  /** An administrator's version that no mail could be made of. */
  broken: { written: WrittenMail; reason: string } | null;
}

/**
 * A mail as it goes out now: as an administrator wrote it for the reader's language, or as it ships. A version that no mail can
 * be made of stops none: what ships goes out. Throws MailRenderError where the data themselves don't fit.
 */
export function renderWrittenMail(overrides: MailOverrides, mail: { template: string; data: unknown }): WrittenRendering {
  const { locale } = mail.data as { locale?: unknown };
  const written = overrideFor(overrides, mail.template, typeof locale === 'string' ? locale : 'en');
  if (written) {
    try {
      return { rendered: renderMail(mail.template, mail.data, written), templateVersionId: written.id, broken: null };
    } catch (error) {
      if (!(error instanceof MailRenderError) || error.code !== 'bad_template') throw error;
      const rendered = renderMail(mail.template, mail.data);
      return { rendered, templateVersionId: null, broken: { written, reason: error.message } };
    }
  }
  return { rendered: renderMail(mail.template, mail.data), templateVersionId: null, broken: null };
}
