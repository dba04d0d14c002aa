import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { countRequests, listBoard, listRequests } from '#app/domain/requests/queries.server.ts';
import { listOfficeChoices, listSubjectChoices } from '#app/domain/requests/request-choices.server.ts';
import { REQUEST_SHOWS, readRequestFilter } from '#app/domain/requests/request-filter.ts';
import { isClosedKind } from '#app/domain/requests/request-kinds.ts';
import { listLostReasons, listStages } from '#app/domain/requests/stages.server.ts';
import { customList, customOfRows } from '../record-forms/custom-list.server.ts';
import { viewRequest } from '../request-pages/request-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const PAGE_SIZE = 50;

/** The board or the list, as the address says. */
export async function loadPipeline(request: Request, context: AppLoadContext, user: SignedInUser) {
  const { db } = context;
  const { reader } = await readerFor(user, context);
  const { now } = reader;
  const params = new URL(request.url).searchParams;
  const custom = await customList(db, 'request', user, params);
  const filter = { ...readRequestFilter(params), custom: custom.filters };
  const view = params.get('view') === 'list' ? 'list' : 'board';
  const [subjects, office, stages, total] = await Promise.all([
    listSubjectChoices(db, filter.subjectId),
    listOfficeChoices(db, filter.assignee === 'none' ? null : filter.assignee),
    listStages(db, { archived: true }),
    countRequests(db, now, {}),
  ]);
  const page = { filter, filterable: custom.filterable, subjects, office, total, userId: user.id };
  if (view === 'list') return { ...page, view, ...(await loadList(params)) } as const;
  const [{ cards, counts }, reasons] = await Promise.all([listBoard(db, now, filter), listLostReasons(db)]);
  return {
    ...page,
    view,
    reasons,
    cards: cards.map((row) => viewRequest(row, now)),
    // An archived stage stays on the board until it is empty.
    columns: stages
      .filter((stage) => stage.archivedAt === null || (counts.get(stage.id) ?? 0) > 0)
      .map(({ id, name, kind, archivedAt }) => ({
        ...{ id, name, kind },
        archived: archivedAt !== null,
        closed: isClosedKind(kind),
        count: counts.get(id) ?? 0,
      })),
  } as const;

  async function loadList(params: URLSearchParams) {
    const show = REQUEST_SHOWS.find((one) => one === params.get('show')) ?? 'open';
    const stage = stages.find((one) => one.id === params.get('stage'));
    const listed = stage ? { ...filter, stageId: stage.id } : { ...filter, show };
    const [count, open, won, lost] = await Promise.all([
      countRequests(db, now, listed),
      ...REQUEST_SHOWS.map((one) => countRequests(db, now, { ...filter, show: one })),
    ]);
    const asked = Number(params.get('page') ?? '1');
    const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
    const at = Number.isInteger(asked) && asked > 0 ? Math.min(asked, pages) : 1;
    const rows = await listRequests(db, now, listed, { limit: PAGE_SIZE, offset: (at - 1) * PAGE_SIZE });
    return {
      custom: { columns: custom.columns, values: await customOfRows(db, custom.columns, rows) },
      show,
      stage: stage ? { id: stage.id, name: stage.name } : null,
      counts: { open: open ?? 0, won: won ?? 0, lost: lost ?? 0 },
      rows: rows.map((row) => viewRequest(row, now)),
      count,
      at,
      pages,
    };
  }
}

export type PipelinePage = Awaited<ReturnType<typeof loadPipeline>>;
export type BoardPage = Extract<PipelinePage, { view: 'board' }>;
export type ListPage = Extract<PipelinePage, { view: 'list' }>;
export type BoardColumn = BoardPage['columns'][number];
