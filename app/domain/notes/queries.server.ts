import type { Kysely } from 'kysely';
import { type Circle, circleOf } from '#app/domain/people/about.server.ts';
import { type About, aboutOfRow, aboutTypeOf, type Visibility } from '#app/domain/people/about.ts';
import type { DB } from '#db/types.ts';

export interface NoteRow {
  id: string;
  body: string;
  visibility: Visibility;
  pinned: boolean;
  author: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

interface NotesFilter {
  about: About;
  visibilities: readonly Visibility[];
  pinned?: true;
}

/** The pinned ones first, then the newest. */
export async function listNotes(db: Kysely<DB>, { about, visibilities, pinned }: NotesFilter): Promise<NoteRow[]> {
  if (visibilities.length === 0) return [];
  const { type, id } = aboutTypeOf(about);
  let query = db
    .selectFrom('note')
    .leftJoin('users', 'users.id', 'note.authorId')
    .select([
      ...(['note.id', 'note.body', 'note.visibility', 'note.pinned', 'note.createdAt', 'note.updatedAt'] as const),
      'note.version',
      'users.name as author',
    ])
    .where(`note.${type}Id`, '=', id)
    .where('note.visibility', 'in', [...visibilities])
    .orderBy('note.pinned', 'desc')
    .orderBy('note.createdAt', 'desc')
    .orderBy('note.id', 'desc')
    .limit(500);
  if (pinned) query = query.where('note.pinned', '=', true);
  const rows = await query.execute();
  return rows.map(({ visibility, ...row }) => ({ ...row, visibility: visibility as Visibility }));
}

/** A note, whom it is about, and who may see it; undefined when it is not there. */
export async function findNote(
  db: Kysely<DB>,
  id: string,
  now: Date,
): Promise<(NoteRow & { about: About; shared: Circle & { visibility: Visibility } }) | undefined> {
  const note = await db
    .selectFrom('note')
    .leftJoin('users', 'users.id', 'note.authorId')
    .selectAll('note')
    .select('users.name as author')
    .where('note.id', '=', id)
    .executeTakeFirst();
  if (!note) return undefined;
  const about = aboutOfRow(note);
  const visibility = note.visibility as Visibility;
  return { ...note, visibility, about, shared: { visibility, ...(await circleOf(db, about, now)) } };
}
