import { z } from 'zod';
import { checkbox, freeText, version } from '#app/domain/people/fields.ts';
import { FORM_KINDS, storedFieldsSchema } from './form-fields.ts';

const MOST_ORIGINS = 50;
const message = 'Enter one address on each line, such as https://www.example.org';

/** As a form sends them, one a line; kept without their paths. */
const origins = z
  .union([z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean)), z.array(z.string())])
  .pipe(z.array(z.string().transform((text, ctx) => originOf(text, ctx))).max(MOST_ORIGINS, `At most ${MOST_ORIGINS} addresses`))
  .transform((all) => [...new Set(all)]);

function originOf(text: string, ctx: z.core.$RefinementCtx): string {
  const url = URL.parse(text);
  // A `*` or a `;` would say something else in the header that names them.
  if (url && /^https?:$/.test(url.protocol) && /^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/i.test(url.hostname)) return url.origin;
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

export const publicFormSchema = z.object({
  kind: z.enum(FORM_KINDS),
  version,
  enabled: checkbox,
  /** Above the form. */
  intro: freeText(2000),
  /** After it was sent. */
  thanks: freeText(2000),
  fields: storedFieldsSchema,
  /** Pages that may show it within theirs; none: any. */
  embedOrigins: origins,
});
export type PublicFormValues = z.output<typeof publicFormSchema>;
