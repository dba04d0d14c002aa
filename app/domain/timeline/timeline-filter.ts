/** The parts of a timeline, and the place in it, as they stand in the URL. Browser-safe. */

export const TIMELINE_KINDS = ['note', 'file', 'mail', 'session', 'request', 'task', 'change', 'money'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export interface TimelineFilter {
  /** Undefined: everything the reader may see. */
  kind: TimelineKind | undefined;
  /** Older than this: the page after. */
  before: TimelineCursor | undefined;
}

export interface TimelineCursor {
  /** To the microsecond, as the database writes it in UTC. */
  at: string;
  key: string;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})~([a-z]+:[\w:-]{1,80})$/;

/** What makes no sense is ignored. */
export function readTimelineFilter(params: URLSearchParams): TimelineFilter {
  const [, at, key] = CURSOR.exec(params.get('before') ?? '') ?? [];
  return {
    kind: TIMELINE_KINDS.find((kind) => kind === params.get('kind')),
    before: at && key && !Number.isNaN(Date.parse(`${at}Z`)) ? { at, key } : undefined,
  };
}

export const cursorText = ({ at, key }: TimelineCursor) => `${at}~${key}`;
