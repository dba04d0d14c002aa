import type { AppLoadContext } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { type Archivable, archiveRecord, restoreRecord } from '#app/domain/people/archive-record.server.ts';
import { refusedAction } from '#app/ui/record-form.server.ts';

/** The buttons Archive and Bring back of a record's page. Undefined: it was another button. */
export async function archiveAction(
  context: AppLoadContext,
  actor: Actor,
  record: { kind: Archivable; id: string },
  intent: unknown,
) {
  if (intent !== 'archive' && intent !== 'restore') return undefined;
  try {
    await (intent === 'archive' ? archiveRecord : restoreRecord)(context.db, context, actor, record);
    return null;
  } catch (error) {
    return refusedAction(error);
  }
}
