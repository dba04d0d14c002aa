import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { lintMail, type MailProblem } from '#emails/lint-mail.ts';
import type { MailOverride } from '#emails/override.ts';
import { MailRenderError, renderMail } from '#emails/render.ts';
import { type MailTemplate, mailTemplates } from '#emails/templates.ts';
import { findExampleData } from './queries.server.ts';
import { tidied } from './save-mail-template.server.ts';

export type { MailProblem } from '#emails/lint-mail.ts';

export interface MailPreview {
  problems: MailProblem[];
  /** Null where the texts can't be made a mail of. */
  mail: { subject: string; html: string; text: string } | null;
  /** Why the chosen mail could not be shown, and the example is. */
  note: string;
}

export interface PreviewInput {
  template: MailTemplate;
  locale: string;
  texts: MailOverride;
  /** One of the last mails of this kind; undefined: the example. */
  mailId?: string | undefined;
}

/** What a mail looks like as it is typed now, with the example or as one of those that went out; nothing is kept or sent. */
export async function previewMail(db: Kysely<DB>, { template, locale, texts, mailId }: PreviewInput): Promise<MailPreview> {
  const typed = tidied(texts);
  const problems = lintMail(template, typed);
  if (problems.length > 0) return { problems, mail: null, note: '' };
  const real = mailId ? await findExampleData(db, template, mailId) : undefined;
  const made = real ? tryRender(template, real, locale, typed) : undefined;
  if (made) return { problems, mail: made, note: '' };
  const note = mailId ? 'That mail can’t be shown any more. This is the example.' : '';
  return { problems, mail: tryRender(template, mailTemplates[template].example, locale, typed) ?? null, note };
}

function tryRender(template: MailTemplate, data: unknown, locale: string, texts: MailOverride): MailPreview['mail'] | undefined {
  try {
    const { subject, html, text } = renderMail(template, { ...(data as object), locale }, texts);
    return { subject, html, text };
  } catch (error) {
    if (error instanceof MailRenderError) return undefined;
    throw error;
  }
}
