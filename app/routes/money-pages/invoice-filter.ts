const STATES = ['open', 'overdue', 'paid'] as const;
type State = (typeof STATES)[number];

export interface InvoiceListFilter {
  q: string;
  state: State | '';
  page: number;
  query: { search?: string; state?: State };
}

/** From the list's URL, shared by the page and its CSV. */
export function readInvoiceFilter(params: URLSearchParams): InvoiceListFilter {
  const q = (params.get('q') ?? '').trim().slice(0, 100);
  const state = STATES.find((one) => one === params.get('state')) ?? '';
  const page = Math.max(1, Math.trunc(Number(params.get('page'))) || 1);
  return { q, state, page, query: { ...(q ? { search: q } : {}), ...(state ? { state } : {}) } };
}
