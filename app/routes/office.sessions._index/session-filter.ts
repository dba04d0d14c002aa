import { sessionStatuses } from '#app/domain/scheduling/session-status.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

export const PAGE_SIZE = 50;

/** What the list is narrowed to: the address of the page, word for word. */
export interface SessionListFilter {
  from: string;
  to: string;
  tutor: string;
  student: string;
  status: string;
  q: string;
  page: number;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address. What makes no sense there is ignored; without any dates the list begins today. */
export function readFilter(params: URLSearchParams, today: string): SessionListFilter {
  const text = (name: string) => (params.get(name) ?? '').trim();
  const day = (name: string) => (isLocalDate(text(name)) ? text(name) : '');
  const id = (name: string) => (UUID.test(text(name)) ? text(name) : '');
  const page = Number(text('page') || '1');
  const dated = params.has('from') || params.has('to');
  return {
    from: dated ? day('from') : today,
    to: day('to'),
    tutor: id('tutor'),
    student: id('student'),
    status: [...sessionStatuses, 'to_close_out'].includes(text('status')) ? text('status') : '',
    q: text('q').slice(0, 100),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** True when something beside the usual start narrows the list. */
export function isNarrowed(filter: SessionListFilter, today: string): boolean {
  return (
    filter.to !== '' ||
    filter.tutor !== '' ||
    filter.student !== '' ||
    filter.status !== '' ||
    filter.q !== '' ||
    filter.from !== today
  );
}

/** The address of another page of the same list. */
export function pageLink(params: URLSearchParams, page: number): string {
  const next = new URLSearchParams(params);
  if (page === 1) next.delete('page');
  else next.set('page', String(page));
  return `?${next}`;
}
