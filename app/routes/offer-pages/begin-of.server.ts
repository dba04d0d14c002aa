import type { AppLoadContext } from '@remix-run/node';
import { findBeginning } from '#app/domain/offers/beginning.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { viewBeginning } from './begin-view.ts';

/** What of an accepted offer is still to be booked, for the page of its request or its engagement; null: nothing. */
export async function beginningOf(context: AppLoadContext, reader: Reader, of: { engagementId: string } | { requestId: string }) {
  const beginning = await findBeginning(context.db, context, of);
  return beginning ? viewBeginning(beginning, reader) : null;
}
