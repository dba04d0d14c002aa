import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import { readCustom } from '../record-forms/read-custom.server.ts';

type Booking = { input: BookSessionInput } | { errors: Record<string, string> };

/** A booking with the additional fields of its form, or all that is wrong in both. */
export async function withCustom(
  { user, context }: { user: SignedInUser; context: AppLoadContext },
  form: FormData,
  booking: Booking,
): Promise<Booking> {
  const { patch, errors } = await readCustom(context.db, form, { entity: 'session', audience: officeAudience(user) });
  if ('errors' in booking) return { errors: { ...booking.errors, ...errors } };
  return Object.keys(errors).length > 0 ? { errors } : { input: { ...booking.input, custom: patch } };
}
