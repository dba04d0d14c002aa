import { z } from 'zod';

/** As a form sends them: names with commas between. Twice the same, whatever its case, is once. Browser-safe. */
export const tagNames = z
  .preprocess(
    (sent) => (typeof sent === 'string' ? sent.split(',') : (sent ?? [])),
    z.array(z.string().trim().max(40, 'Keep each tag under 40 characters')).max(60, 'That are too many tags'),
  )
  .transform((names) => [...new Map(names.filter(Boolean).map((name) => [name.toLowerCase(), name])).values()]);
