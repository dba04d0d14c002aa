import type { Actor, AppContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import type { MailTemplate } from '#app/domain/mail-templates/mails-there-are.server.ts';
import {
  type MailPreview,
  type MailProblem,
  type PreviewInput,
  previewMail,
} from '#app/domain/mail-templates/preview-mail.server.ts';
import { findVersionTexts } from '#app/domain/mail-templates/queries.server.ts';
import { resetMailTemplate } from '#app/domain/mail-templates/reset-mail-template.server.ts';
import { saveMailTemplate } from '#app/domain/mail-templates/save-mail-template.server.ts';
import { sendTestMail, type TestReader } from '#app/domain/mail-templates/send-test-mail.server.ts';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import type { ChangedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';

/** What was typed, sent back with whatever is said about it. */
export interface TemplateAnswer {
  typed: { subject: string; body: string; plain: string; version: string; record: string };
  message?: string;
  problems?: MailProblem[];
  preview?: MailPreview;
  /** What was done, in words. */
  done?: string;
}

export type Acted = { saved: 'own' | 'shipped' } | { answer: TemplateAnswer; status: number };

export interface ActInput {
  template: MailTemplate;
  locale: string;
  reader: TestReader;
}

/** The fields of the form that is edited. */
export function readTyped(form: FormData): TemplateAnswer['typed'] {
  const text = (name: string) => String(form.get(name) ?? '');
  const texts = { subject: text('subject'), body: text('body'), plain: text('plain') };
  return { ...texts, version: text('version') || '0', record: text('record') };
}

export const previewInput = (typed: TemplateAnswer['typed'], of: { template: MailTemplate; locale: string }): PreviewInput => ({
  template: of.template,
  locale: of.locale,
  texts: { subject: typed.subject, body: typed.body, plain: typed.plain },
  mailId: typed.record || undefined,
});

/** Does what a button of the page asks for: shows, sends a test, saves, goes back to a version or to what ships. */
export async function act(
  context: AppContext,
  actor: Actor,
  { template, locale, reader }: ActInput,
  form: FormData,
): Promise<Acted> {
  const typed = readTyped(form);
  const version = Number.parseInt(typed.version, 10) || 0;
  const of = { template, locale, version };
  const { db } = context;
  try {
    switch (form.get('intent')) {
      case 'save':
        await saveMailTemplate(db, actor, { ...of, texts: previewInput(typed, of).texts });
        return { saved: 'own' };
      case 'reset':
        await resetMailTemplate(db, actor, of);
        return { saved: 'shipped' };
      case 'again': {
        const texts = await findVersionTexts(db, template, locale, Number.parseInt(String(form.get('again')), 10) || 0);
        if (texts) await saveMailTemplate(db, actor, { ...of, texts });
        return { saved: 'own' };
      }
      case 'test': {
        await sendTestMail(db, context, reader, previewInput(typed, of));
        const done = mailsAreShown(context.config)
          ? 'No mail server is set up here: the test is on the page of sent mails.'
          : `A test is on its way to ${reader.email}.`;
        return { answer: { typed, done, preview: await previewMail(db, previewInput(typed, of)) }, status: 200 };
      }
      default: {
        const preview = await previewMail(db, previewInput(typed, of));
        return { answer: { typed, preview, problems: preview.problems }, status: 200 };
      }
    }
  } catch (error) {
    if (isDomainError(error, 'invalid_value')) {
      const problems = (error.details ?? []) as MailProblem[];
      return { answer: { typed, message: error.message, problems }, status: 400 };
    }
    if (!isDomainError(error, 'conflict')) throw error;
    const { version: now } = error.details as ChangedMeanwhile;
    const message = `${error.message} Saving again puts yours over theirs.`;
    return { answer: { typed: { ...typed, version: String(now) }, message }, status: 409 };
  }
}
