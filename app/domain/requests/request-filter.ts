import type { CustomFilter } from '#app/domain/fields/custom-filter.ts';
import { isId } from '#app/domain/is-id.ts';
import { URGENCIES } from './request-kinds.ts';

/** Which requests: as it stands in the URL, shared by board and list. Browser-safe. */
export interface RequestFilter {
  /** In a student's or client's name, a subject, or the reference. */
  q: string;
  subjectId: string | null;
  /** A user's id, or `none`: nobody works on it. */
  assignee: string | null;
  urgency: (typeof URGENCIES)[number] | null;
  mode: 'online' | 'in_person' | null;
  /** Only those that stand longer in their stage than they should. */
  ageing: boolean;
  /** By additional fields. */
  custom?: readonly CustomFilter[];
}

export const REQUEST_SHOWS = ['open', 'won', 'lost'] as const;
export type RequestShow = (typeof REQUEST_SHOWS)[number];

/** What makes no sense in the address is ignored. */
export function readRequestFilter(params: URLSearchParams): RequestFilter {
  const [subject, assignee, mode] = [params.get('subject'), params.get('assignee'), params.get('mode')];
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    subjectId: isId(subject) ? subject : null,
    assignee: assignee === 'none' || isId(assignee) ? assignee : null,
    urgency: URGENCIES.find((one) => one === params.get('urgency')) ?? null,
    mode: mode === 'online' || mode === 'in_person' ? mode : null,
    ageing: params.get('ageing') === '1',
  };
}

export const isFiltered = ({ custom = [], ...filter }: RequestFilter) =>
  custom.length > 0 || Object.values(filter).some((value) => value !== '' && value !== null && value !== false);
