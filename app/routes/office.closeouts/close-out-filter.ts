import { isId } from '#app/domain/is-id.ts';

/** What the page shows, which is its address. */
export interface CloseOutFilter {
  show: 'approve' | 'overdue' | 'history';
  tutor: string;
  program: string;
  /** Of those to approve: only what differs from the plan, or only what doesn't. */
  which: '' | 'differing' | 'planned';
  q: string;
  /** Of those not closed out: also what isn't overdue yet. */
  all: boolean;
  page: number;
}

const SHOWS = ['approve', 'overdue', 'history'] as const;
const WHICH = ['differing', 'planned'] as const;

/** Reads the address; what makes no sense there is ignored. */
export function readFilter(params: URLSearchParams): CloseOutFilter {
  const text = (name: string) => (params.get(name) ?? '').trim();
  const id = (name: string) => (isId(text(name)) ? text(name) : '');
  const page = Number(text('page') || '1');
  return {
    show: SHOWS.find((one) => one === text('show')) ?? 'approve',
    tutor: id('tutor'),
    program: id('program'),
    which: WHICH.find((one) => one === text('which')) ?? '',
    q: text('q').slice(0, 100),
    all: params.has('all'),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

export const isNarrowed = (filter: CloseOutFilter) =>
  filter.tutor !== '' || filter.program !== '' || filter.which !== '' || filter.q !== '';

/** The address of the page with these filters; what is as usual stays out of it. `more`: what was just done. */
export function addressOf(filter: CloseOutFilter, more: Record<string, string> = {}): string {
  const { show, tutor, program, which, q, all, page } = filter;
  const params = new URLSearchParams();
  if (show !== 'approve') params.set('show', show);
  for (const [name, value] of Object.entries({ tutor, program, which, q })) if (value) params.set(name, value);
  if (all) params.set('all', '1');
  if (page > 1) params.set('page', String(page));
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  const query = params.toString();
  return `/office/closeouts${query && `?${query}`}`;
}
