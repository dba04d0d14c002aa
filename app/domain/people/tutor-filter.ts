import { customFilterParams } from '#app/domain/fields/custom-filter.ts';
import { type ListFilter, readListFilter } from './list-filter.ts';
import { isTutorStatus, MODES, type TutorStatus } from './tutor-status.ts';

/** What the list of tutors is narrowed to, as it stands in the URL. Browser-safe. */
export interface TutorFilter extends ListFilter {
  status: TutorStatus | null;
  subject: string | null;
  /** At this level, or at every level. */
  level: string | null;
  tag: string | null;
  payGroup: string | null;
  mode: (typeof MODES)[number] | null;
  /** A language tag. */
  language: string | null;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What makes no sense is ignored. */
export function readTutorFilter(params: URLSearchParams): TutorFilter {
  const id = (name: string) => (UUID.test(params.get(name) ?? '') ? (params.get(name) as string) : null);
  const status = params.get('status');
  const language = params.get('language') ?? '';
  return {
    ...readListFilter(params),
    status: isTutorStatus(status) ? status : null,
    subject: id('subject'),
    level: id('level'),
    tag: id('tag'),
    payGroup: id('payGroup'),
    mode: MODES.find((mode) => mode === params.get('mode')) ?? null,
    language: /^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}$/i.test(language) ? language : null,
  };
}

/** What of it stands in the URL beside the search, the archive and the page. */
export function narrowingOf(filter: TutorFilter): Record<string, string> {
  const { status, subject, level, tag, payGroup, mode, language } = filter;
  const all = { status, subject, level, tag, payGroup, mode, language };
  const said = Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { ...Object.fromEntries(said), ...customFilterParams(filter.custom ?? []) };
}
