import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { authorize } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { changeView } from '#app/domain/views/change-view.server.ts';
import { deleteView } from '#app/domain/views/delete-view.server.ts';
import { listViews } from '#app/domain/views/queries.server.ts';
import { saveView } from '#app/domain/views/save-view.server.ts';
import { viewSchema } from '#app/domain/views/view.schema.ts';
import { viewOf } from '../office.board._index/board-params.ts';
import { readJson } from '../office.board._index/read-json.server.ts';

const schema = z.discriminatedUnion('intent', [
  viewSchema.extend({ intent: z.literal('save') }),
  viewSchema.omit({ search: true }).extend({ intent: z.literal('change'), id: z.uuid() }),
  z.object({ intent: z.literal('delete'), id: z.uuid() }),
]);

/** Saves, changes or deletes a view of the board; answers with the views there are now. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { id: userId } = await authorize({ request, context }, 'session.list');
  const { db } = context;
  try {
    const asked = await readJson(request, schema);
    if (asked.intent === 'save') {
      await saveView(db, userId, 'board', { ...asked, search: viewOf(new URLSearchParams(asked.search)) });
    } else if (asked.intent === 'change') {
      await changeView(db, userId, asked);
    } else {
      await deleteView(db, userId, asked.id);
    }
  } catch (error) {
    const message = isDomainError(error) ? error.message : error instanceof z.ZodError ? error.issues[0]?.message : undefined;
    if (message === undefined) throw error;
    return Response.json({ error: message, views: await listViews(db, userId, 'board') }, { status: 400 });
  }
  return Response.json({ error: null, views: await listViews(db, userId, 'board') });
}
