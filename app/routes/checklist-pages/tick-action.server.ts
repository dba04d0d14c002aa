import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, notFound } from '#app/auth/authorize.server.ts';
import { safePath } from '#app/auth/redirect-target.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { type Tick, tickChecklistItem, tickSchema } from '#app/domain/checklists/tick-checklist-item.server.ts';
import { isDomainError } from '#app/domain/errors.ts';

/** A tick, by the office or by the person themselves; the page it came from comes after. */
export async function tickAction(
  { request, context }: ActionFunctionArgs,
  user: SignedInUser,
  by: 'office' | 'person',
  home: string,
) {
  const form = await request.formData();
  const read = tickSchema.safeParse(Object.fromEntries(form));
  if (!read.success) throw new Response('Nothing to do.', { status: 400 });
  if (by === 'person' && !isOwn(user, read.data)) throw notFound();
  try {
    await tickChecklistItem(context.db, context, actorOf(user, context), by, read.data);
  } catch (error) {
    // Archived or made the office's meanwhile: the page shows how it stands.
    if (!isDomainError(error)) throw error;
  }
  const back = safePath(form.get('back'));
  return redirect(back?.startsWith(home) ? back : home);
}

function isOwn(user: SignedInUser, { role, personId }: Tick): boolean {
  if (role === 'tutor') return user.tutorId === personId;
  return (role === 'client' ? user.clientIds : user.studentIds).includes(personId);
}
