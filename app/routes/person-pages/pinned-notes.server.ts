import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listNotes } from '#app/domain/notes/queries.server.ts';
import type { About } from '#app/domain/people/about.ts';
import { visibilitiesOf } from './notes-page.server.ts';

/** What stands on top of a person's overview, for a reader in the office. */
export async function pinnedNotesOf(context: AppLoadContext, user: SignedInUser, about: About) {
  const notes = await listNotes(context.db, { about, visibilities: visibilitiesOf(user), pinned: true });
  return notes.map(({ id, body, author, createdAt }) => ({ id, body, author, createdAt }));
}
