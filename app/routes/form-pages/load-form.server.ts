import type { LoaderFunctionArgs } from '@remix-run/node';
import type { Kysely } from 'kysely';
import { issueFormToken } from '#app/auth/form-token.server.ts';
import { customFieldsFor } from '#app/domain/fields/queries.server.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { askedFields, CUSTOM_SECTIONS, type FormEntity, type FormKind } from '#app/domain/public-forms/form-fields.ts';
import { getPublicForm, listFormChoices } from '#app/domain/public-forms/form-queries.server.ts';
import type { DB } from '#db/types.ts';

export const FORM_PATHS: Record<FormKind, string> = { enquiry: '/enquire', application: '/apply' };

/** What a public form asks just now, custom fields and choices included. */
export async function readAsked(db: Kysely<DB>, kind: FormKind) {
  const entities = Object.keys(CUSTOM_SECTIONS[kind]) as FormEntity[];
  const [form, choices, ...customs] = await Promise.all([
    getPublicForm(db, kind),
    listFormChoices(db),
    ...entities.map((entity) => customFieldsFor(db, entity, 'public')),
  ]);
  return { form, choices, asked: askedFields(kind, form.fields, customs.flat()) };
}

/** The page of a public form and the widget within another page. */
export async function loadForm({ request, context }: LoaderFunctionArgs, kind: FormKind, base: string) {
  const { db } = context;
  const [organisation, { form, choices, asked }] = await Promise.all([findOrganisation(db), readAsked(db, kind)]);
  const page = { kind, base, embedded: base !== FORM_PATHS[kind] };
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
