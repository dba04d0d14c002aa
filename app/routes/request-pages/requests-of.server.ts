import type { AppLoadContext } from '@remix-run/node';
import { countRequests, listRequests } from '#app/domain/requests/queries.server.ts';
import { viewRequest } from './request-view.ts';

/** What a student or a client has asked for, for `RequestsPanel` on their page: open ones first. */
export async function requestsOf({ db, clock }: AppLoadContext, of: { studentIds: readonly string[] } | { clientId: string }) {
  const now = clock();
  const [rows, total] = await Promise.all([listRequests(db, now, of, { limit: 8 }), countRequests(db, now, of)]);
  return { rows: rows.map((row) => viewRequest(row, now)), total };
}
export type RequestsOf = Awaited<ReturnType<typeof requestsOf>>;
