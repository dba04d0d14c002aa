import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { askedDay, otherMonth } from './days.ts';

export const VIEWS = ['day', 'week', 'month', 'list'] as const;
export type View = (typeof VIEWS)[number];

/** Which days a calendar shows, and how: the address of the page, word for word. */
export interface CalendarAddress {
  view: View;
  date: string;
  /** Cancelled ones too. */
  cancelled: boolean;
  /** Ids by what they narrow to; empty: all. */
  filters: Record<string, string>;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address. What makes no sense there is ignored. */
export function readAddress(
  params: URLSearchParams,
  { today, usual, filters = [] }: { today: string; usual: View; filters?: readonly string[] },
): CalendarAddress {
  const view = VIEWS.find((known) => known === params.get('view')) ?? usual;
  return {
    view,
    date: askedDay(params.get('date'), today),
    cancelled: params.get('cancelled') === '1',
    filters: Object.fromEntries(
      filters.map((name) => {
        const id = (params.get(name) ?? '').trim();
        return [name, UUID.test(id) ? id : ''];
      }),
    ),
  };
}

/** The same calendar with something changed; without a date it is today's, whenever it is opened. */
export function linkTo(
  address: CalendarAddress,
  change: Partial<Omit<CalendarAddress, 'date'>> & { date?: string | null },
): string {
  const { view, date, cancelled, filters } = { ...address, ...change };
  const params = new URLSearchParams({ view });
  if (date) params.set('date', date);
  for (const [name, id] of Object.entries(filters)) if (id) params.set(name, id);
  if (cancelled) params.set('cancelled', '1');
  return `?${params}`;
}

/** A day of the period before (-1) or after (1). */
export function turned({ view, date }: Pick<CalendarAddress, 'view' | 'date'>, by: -1 | 1): string {
  if (view === 'month') return otherMonth(date, by);
  return addDays(date, view === 'day' ? by : 7 * by);
}
