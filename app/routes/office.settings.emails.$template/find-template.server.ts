import { notFound } from '#app/auth/authorize.server.ts';
import { languageTag } from '#app/domain/mail-templates/mail-languages.ts';
import { isMailTemplate, type MailTemplate } from '#app/domain/mail-templates/mails-there-are.server.ts';

/** The mail and the language that an address names; 404 where there is no such mail, English for what is no language. */
export function templateAt(params: { template?: string }, request: Request): { template: MailTemplate; locale: string } {
  const template = params.template ?? '';
  if (!isMailTemplate(template)) throw notFound();
  const asked = languageTag.safeParse(new URL(request.url).searchParams.get('locale') ?? 'en');
  return { template, locale: asked.success ? asked.data : 'en' };
}
