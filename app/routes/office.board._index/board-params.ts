import type { Density } from './geometry.ts';

export const COLOURS = ['state', 'program', 'subject'] as const;
export type ColourBy = (typeof COLOURS)[number];

/** Everything the board shows is in its address. */
export interface BoardParams {
  date: string;
  view: 'day' | 'week';
  density: Density;
  colour: ColourBy;
  /** Words in a tutor's name. */
  q: string;
  subject: string;
  program: string;
  mode: '' | 'online' | 'in_person';
  /** Only tutors with something to see. */
  only: boolean;
  /** Cancelled ones are shown too. */
  cancelled: boolean;
  /** From midnight to midnight. */
  whole: boolean;
  /** What waits to be placed is shown beside it. */
  side: boolean;
  /** The session in the open drawer. */
  session: string;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DATE = /^(19|[2-8]\d)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** 31 February is no day. */
const isDate = (text: string) => DATE.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** Reads the address; what makes no sense there is as if it weren't there. */
export function readParams(params: URLSearchParams, today: string): BoardParams {
  const text = (name: string) => (params.get(name) ?? '').trim();
  const id = (name: string) => (UUID.test(text(name)) ? text(name) : '');
  const of = <T extends string>(name: string, choices: readonly T[], usual: T) =>
    choices.find((choice) => choice === text(name)) ?? usual;
  return {
    date: isDate(text('date')) ? text('date') : today,
    view: of('view', ['day', 'week'], 'week'),
    density: of('density', ['comfortable', 'compact'], 'comfortable'),
    colour: of('colour', COLOURS, 'state'),
    q: text('q').slice(0, 100),
    subject: id('subject'),
    program: id('program'),
    mode: of('mode', ['', 'online', 'in_person'], ''),
    only: text('only') === '1',
    cancelled: text('cancelled') === '1',
    whole: text('whole') === '1',
    side: text('side') !== '0',
    session: id('session'),
  };
}

export type Change = Partial<Record<keyof BoardParams, string>>;

/** The address with something changed; '' takes a part out of it. */
export function withChange(params: URLSearchParams, change: Change): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return `?${next}`;
}

/** What a saved view keeps: neither the day nor the session that happens to be open. */
export function viewOf(params: URLSearchParams): string {
  const next = new URLSearchParams(params);
  for (const name of ['date', 'session', 'side']) next.delete(name);
  next.sort();
  return next.toString();
}
