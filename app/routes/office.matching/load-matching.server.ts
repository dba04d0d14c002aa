import type { AppLoadContext } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import {
  countOpenRequests,
  countPicks,
  countSince,
  listMatchingRuns,
  listPicks,
  listWishes,
  PICK_SHOWS,
  PICKS_A_PAGE,
  type PickShow,
} from '#app/domain/matching/run-queries.server.ts';
import { DEAD_AFTER_MS } from '#app/domain/matching/start-run.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';

/** The run the address names, or the last; what it proposes, by `show` and `page`. */
export async function loadMatching({ db, clock }: AppLoadContext, params: URLSearchParams) {
  const asked = params.get('run');
  if (asked !== null && !isId(asked)) throw notFound();
  const [runs, open, wishes, { timezone }] = await Promise.all([
    listMatchingRuns(db),
    countOpenRequests(db),
    listWishes(db),
    getOrganisation(db),
  ]);
  const run = asked === null ? runs[0] : (await listMatchingRuns(db, { id: asked }))[0];
  if (!run) {
    if (asked !== null) throw notFound();
    return { run: null, runs, open, wishes, timezone };
  }
  const working = run.status === 'queued' || run.status === 'solving';
  const counts = await countPicks(db, run.id);
  const show = PICK_SHOWS.find((one) => one === params.get('show')) ?? firstShown(counts);
  const pages = Math.max(1, Math.ceil(counts[show] / PICKS_A_PAGE));
  const page = Math.min(pages, Math.max(1, Math.floor(Number(params.get('page'))) || 1));
  return {
    run: { ...run, working, silent: working && clock().getTime() - run.seenAt.getTime() > DEAD_AFTER_MS },
    runs,
    open,
    wishes,
    timezone,
    since: working || run.id !== runs[0]?.id ? { wishes: 0, requests: 0 } : await countSince(db, run.createdAt),
    counts,
    show,
    page,
    pages,
    picks: await listPicks(db, { runId: run.id, show, page }),
  };
}

/** Opened without a wish: what there is to decide. */
function firstShown(counts: Record<PickShow, number>): PickShow {
  return PICK_SHOWS.find((show) => counts[show] > 0) ?? 'proposed';
}

export type Matching = Extract<Awaited<ReturnType<typeof loadMatching>>, { counts: unknown }>;
