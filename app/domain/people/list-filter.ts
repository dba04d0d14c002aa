import type { CustomFilter } from '#app/domain/fields/custom-filter.ts';

export interface ListFilter {
  q: string;
  archived: boolean;
  /** From 1. */
  page: number;
  /** By additional fields; read apart, since it needs to be known which there are. */
  custom?: readonly CustomFilter[];
}

export const PAGE_SIZE = 50;

export interface ListPage<Row> {
  rows: Row[];
  /** How many match, over all pages. */
  total: number;
  page: number;
  pages: number;
  /** How many there are in all, whatever is searched for. */
  active: number;
  archived: number;
}

/** The filter as it stands in the URL: ?q=…&archived=1&page=2. What makes no sense there is ignored. */
export function readListFilter(params: URLSearchParams): ListFilter {
  const page = Number(params.get('page') ?? '1');
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    archived: params.get('archived') === '1',
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
