import { customFilterParams } from '#app/domain/fields/custom-filter.ts';
import { type ListFilter, readListFilter } from './list-filter.ts';

/** What the lists of clients and students are narrowed to, as it stands in the URL. Browser-safe. */

export const CLIENT_STATUSES = ['prospect', 'active'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];
export const clientStatusNames: Record<ClientStatus, string> = { prospect: 'Prospect', active: 'Active' };

export const SIGNS_IN = ['yes', 'invited', 'no'] as const;

export interface ClientFilter extends ListFilter {
  status?: ClientStatus | undefined;
  tag?: string | undefined;
  signsIn?: (typeof SIGNS_IN)[number] | undefined;
}

export interface StudentFilter extends ListFilter {
  tag?: string | undefined;
  grade?: string | undefined;
  /** With a tutor now, or with none. */
  engaged?: 'yes' | 'no' | undefined;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const one = <T extends string>(choices: readonly T[], said: string | null) => choices.find((choice) => choice === said);
const tagOf = (params: URLSearchParams) => (UUID.test(params.get('tag') ?? '') ? (params.get('tag') ?? undefined) : undefined);

/** What makes no sense is ignored. */
export function readClientFilter(params: URLSearchParams): ClientFilter {
  return {
    ...readListFilter(params),
    status: one(CLIENT_STATUSES, params.get('status')),
    tag: tagOf(params),
    signsIn: one(SIGNS_IN, params.get('signsIn')),
  };
}

export function readStudentFilter(params: URLSearchParams): StudentFilter {
  return {
    ...readListFilter(params),
    tag: tagOf(params),
    grade: params.get('grade')?.slice(0, 60) || undefined,
    engaged: one(['yes', 'no'] as const, params.get('engaged')),
  };
}

/** What of it stands in the URL beside the search, the archive and the page. */
export function peopleNarrowing({
  q,
  archived,
  page,
  custom = [],
  ...rest
}: ClientFilter | StudentFilter): Record<string, string> {
  const said = Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { ...Object.fromEntries(said), ...customFilterParams(custom) };
}
