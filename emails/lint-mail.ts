import { lintTemplate, type TemplateProblem } from './lint-template.ts';
import { MAIL_LENGTHS, type MailOverride } from './override.ts';
import { MailRenderError, mailValues, partialsOf, renderMail } from './render.ts';
import { type MailTemplate, mailTemplates } from './templates.ts';

export interface MailProblem extends TemplateProblem {
  part: keyof MailOverride;
}

/** Mails that are of no use without their link: it opens an account, asks for an answer, or leads to what is to be paid. */
const LINK_NEEDED = new Set<string>([
  ...['invitation', 'reset', 'session-started-invited', 'guest-link', 'offer', 'place-offered', 'booking-request'],
  ...['invoice', 'invoice-reminder', 'feedback-request', 'conversation-message', 'close-outs-overdue', 'close-out-sent-back'],
]);

const KIND = { subject: 'text', body: 'markup', plain: 'text' } as const;

/** All that keeps an administrator's texts of a mail from being saved, by part and line; tried on the mail's example. */
export function lintMail(template: MailTemplate, texts: MailOverride): MailProblem[] {
  const { example } = mailTemplates[template];
  const values = mailValues(template, example);
  const problems = (['subject', 'body', 'plain'] as const).flatMap((part) => {
    if (texts[part].trim() === '') return [{ part, line: 1, text: 'There is nothing here yet.' }];
    const options = { kind: KIND[part], maxLength: MAIL_LENGTHS[part], partials: partialsOf(template, part), values };
    return lintTemplate(texts[part], options).map((problem) => ({ part, ...problem }));
  });
  if (/[\r\n]/.test(texts.subject.trim())) problems.push({ part: 'subject', line: 2, text: 'A subject is one line.' });
  return problems.length > 0 ? problems : problemsOfExample(template, texts);
}

function problemsOfExample(template: MailTemplate, texts: MailOverride): MailProblem[] {
  const { example } = mailTemplates[template];
  try {
    const mail = renderMail(template, example, texts);
    if (mail.subject === '') return [{ part: 'subject', line: 1, text: 'The subject comes out empty.' }];
    if (!LINK_NEEDED.has(template)) return [];
    const lacks = [
      { part: 'body', there: mail.html.replaceAll('&#x3D;', '=').includes(example.link) },
      { part: 'plain', there: mail.text.includes(example.link) },
    ] as const;
    return lacks
      .filter(({ there }) => !there)
      .map(({ part }) => ({ part, line: 1, text: 'This mail is of no use without its link: put {{link}} in.' }));
  } catch (error) {
    if (!(error instanceof MailRenderError)) throw error;
    return [{ part: 'body', line: 1, text: error.message }];
  }
}
