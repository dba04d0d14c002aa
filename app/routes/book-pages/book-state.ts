/**
 * Where somebody stands in booking, all of it in the page's address: back and forward work, and a page within another
 * page needs no cookie. Whatever can't be read is as if it weren't there. Browser-safe.
 */
export interface BookState {
  program?: string;
  subject?: string;
  /** `any`, or a tutor. */
  tutor?: string;
  minutes?: number;
  /** The day that is looked at, in the reader's zone. */
  day?: string;
  /** The first day of the week that is shown. */
  week?: string;
  /** The reader's zone, when it is another than the organisation's. */
  zone?: string;
  /** The guest's token of a hold. */
  hold?: string;
  /** The chosen start, as wall time of the organisation. */
  start?: string;
  /** Whose time it is. */
  by?: string;
  course?: string;
  /** The token of a booking that was made. */
  booked?: string;
}

const KEYS = [
  'program',
  'subject',
  'tutor',
  'minutes',
  'day',
  'week',
  'zone',
  'hold',
  'start',
  'by',
  'course',
  'booked',
] as const satisfies (keyof BookState)[];

/** Which earlier answers a later one rests on: changing one forgets those after it. */
const STEPS: readonly (readonly (keyof BookState)[])[] = [
  ['program', 'subject', 'course'],
  ['tutor'],
  ['minutes'],
  ['day', 'week'],
  ['start', 'by'],
];

/** The page's address after the given answers; what rested on them is forgotten, the hold stays until it is moved. */
export function bookPath(base: string, state: BookState, change: BookState = {}): string {
  const first = STEPS.findIndex((step) => step.some((key) => key in change));
  const forgotten = first === -1 ? [] : STEPS.slice(first).flat();
  const next: BookState = { ...state };
  for (const key of forgotten) delete next[key];
  Object.assign(next, change);
  const search = new URLSearchParams();
  for (const key of KEYS) {
    const value = next[key];
    if (value !== undefined) search.set(key, String(value));
  }
  const query = search.toString();
  return query ? `${base}?${query}` : base;
}
