import { mailValues } from '#emails/render.ts';
import { type MailTemplate, mailTemplates } from '#emails/templates.ts';
import { type MailVariable, mailVariables } from './mail-variables.ts';

export { isMailTemplate, type MailTemplate } from '#emails/templates.ts';

/** Every mail that can go out, by the name of its folder. */
export const MAILS_THERE_ARE = Object.keys(mailTemplates) as MailTemplate[];

/** The names that a mail's texts can write, each with what it is in the mail's example in a language. */
export function variablesOf(template: MailTemplate, locale: string): MailVariable[] {
  return mailVariables(mailValues(template, { ...mailTemplates[template].example, locale }));
}
