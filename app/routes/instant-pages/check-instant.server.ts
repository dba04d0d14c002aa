import { isDomainError } from '#app/domain/errors.ts';
import { previewInstantSchema } from '#app/domain/instant/instant.schema.ts';
import { previewInstant } from '#app/domain/instant/preview-instant.server.ts';
import type { InstantPageOf } from './instant-starter.server.ts';
import { type InstantCheckView, viewInstantCheck } from './instant-view.ts';

type Values = Record<string, string | null>;

/** What starting now would mean, in words; null until enough is chosen for it to mean something. */
export async function checkInstant(page: InstantPageOf, values: Values): Promise<InstantCheckView | null> {
  const { by, context, tutorId } = page;
  const parsed = previewInstantSchema.safeParse({ ...values, ...(tutorId ? { tutorId } : {}) });
  if (!parsed.success) return null;
  try {
    const preview = await previewInstant(context.db, context, by, parsed.data);
    return viewInstantCheck(preview, parsed.data.durationMinutes, page.sight);
  } catch (error) {
    // What names nothing (any more) is said at its field when it is saved.
    if (isDomainError(error)) return null;
    throw error;
  }
}
