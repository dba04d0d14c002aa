import type { LoaderFunctionArgs } from '@remix-run/node';
import { findUser } from '#app/auth/find-user.server.ts';
import { issueFormToken } from '#app/auth/form-token.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { FormKind } from '#app/domain/public-forms/form-fields.ts';
import { readAsked } from '#app/domain/public-forms/read-asked.server.ts';
import { FORM_WORDS } from './form-words.ts';

/** The page of a public form and the widget within another page. */
export async function loadForm(args: LoaderFunctionArgs, kind: FormKind, base: string) {
  const { request, context } = args;
  const { db } = context;
  const [organisation, { form, choices, asked }] = await Promise.all([findOrganisation(db), readAsked(db, kind)]);
  const page = { kind, base, embedded: base !== FORM_WORDS[kind].path };
  if (!organisation) return { ...page, step: 'closed' as const, company: null };
  const { name, email, phone, locale, timezone } = organisation;
  const signedIn = kind === 'enquiry' ? await familyOf(args) : null;
  const shown = { ...page, company: { name, email, phone, locale, timezone }, signedIn };
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

/** A signed-in family need not say who it is; what it sends goes to its own record. */
async function familyOf(args: LoaderFunctionArgs): Promise<{ name: string; email: string } | null> {
  const user = await findUser(args);
  return user?.clientIds.length === 1 ? { name: user.name, email: user.email } : null;
}

export type FormPageData = Awaited<ReturnType<typeof loadForm>>;
