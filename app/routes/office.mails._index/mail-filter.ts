import { isId } from '#app/domain/is-id.ts';
import { isMailState, type MailState } from '#app/domain/messages/mail-states.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

export interface MailFilterShown {
  state: MailState | '';
  person: string;
  template: string;
  session: string;
  from: string;
  to: string;
  before: string;
}

/** The filter as it stands in the URL. What makes no sense there is ignored. */
export function readMailFilter(params: URLSearchParams): MailFilterShown {
  const given = (name: string, fits: (text: string) => boolean) => {
    const text = (params.get(name) ?? '').trim();
    return fits(text) ? text : '';
  };
  const state = params.get('state') ?? '';
  return {
    state: isMailState(state) ? state : '',
    // A zero byte is in no name, and PostgreSQL refuses it.
    person: given('person', (text) => text.length <= 200 && !text.includes('\0')),
    template: given('template', (text) => /^[a-z-]{1,60}$/.test(text)),
    session: given('session', isId),
    from: given('from', isLocalDate),
    to: given('to', isLocalDate),
    before: given('before', isId),
  };
}

export function mailFilterQuery(filter: Partial<MailFilterShown>): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();
  return query === '' ? '' : `?${query}`;
}
