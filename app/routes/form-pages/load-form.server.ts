import type { LoaderFunctionArgs } from '@remix-run/node';
import { issueFormToken } from '#app/auth/form-token.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { FormKind } from '#app/domain/public-forms/form-fields.ts';
import { readAsked } from '#app/domain/public-forms/read-asked.server.ts';
import { FORM_WORDS } from './form-words.ts';

/** The page of a public form and the widget within another page. */
export async function loadForm({ request, context }: LoaderFunctionArgs, kind: FormKind, base: string) {
  const { db } = context;
  const [organisation, { form, choices, asked }] = await Promise.all([findOrganisation(db), readAsked(db, kind)]);
  const page = { kind, base, embedded: base !== FORM_WORDS[kind].path };
  if (!organisation) return { ...page, step: 'closed' as const, company: null };
  const { name, email, phone, locale, timezone } = organisation;
  const shown = { ...page, company: { name, email, phone, locale, timezone } };
  if (new URL(request.url).searchParams.has('sent')) return { ...shown, step: 'sent' as const, thanks: form.thanks };
  if (!form.enabled) return { ...shown, step: 'closed' as const };
  return {
    ...shown,
    step: 'form' as const,
    intro: form.intro,
    asked,
    choices,
    token: issueFormToken(context.config, kind, context.clock()),
  };
}

export type FormPageData = Awaited<ReturnType<typeof loadForm>>;
