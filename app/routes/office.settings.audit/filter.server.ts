import { addDays, isLocalDate } from '#app/domain/scheduling/wall-time.ts';

export interface AuditShown {
  kind: string;
  who: string;
  from: string;
  to: string;
  before: string;
}

/** The filter as it stands in the URL. What makes no sense there is ignored. */
export function readAuditFilter(params: URLSearchParams): AuditShown {
  const given = (name: string, fits: (text: string) => boolean) => {
    const text = params.get(name) ?? '';
    return fits(text) ? text : '';
  };
  return {
    kind: given('kind', (text) => /^[a-z_]{1,40}$/.test(text)),
    who: given('who', (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)),
    from: given('from', isLocalDate),
    to: given('to', isLocalDate),
    before: given('before', (text) => /^\d{1,18}$/.test(text)),
  };
}

export function filterParams(filter: AuditShown): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}

export const addDay = (date: string) => addDays(date, 1);

const places: Record<string, string> = {
  tutor: '/office/tutors/',
  client: '/office/clients/',
  student: '/office/students/',
  program: '/office/programs/',
  subject: '/office/subjects/',
  user: '/office/settings/users/',
  session: '/office/sessions/',
  mail: '/office/mails/',
};

/** Where the record of a line is shown, if it has a page. */
export function recordPath(row: { subjectType: string; subjectId: string | null; sessionId: string | null }): string | null {
  const place = places[row.subjectType];
  if (place && row.subjectId) return place + row.subjectId;
  return row.sessionId ? `/office/sessions/${row.sessionId}` : null;
}
