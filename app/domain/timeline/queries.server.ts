import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { TIMELINE_KINDS, type TimelineCursor, type TimelineFilter, type TimelineKind } from './timeline-filter.ts';
import { type TimelineOf, timelineParts } from './timeline-parts.server.ts';

export interface TimelineRow {
  kind: TimelineKind;
  key: string;
  at: Date;
  /** What happened: an action of the log, a mail's template, a session's status, or a word of the part's own. */
  what: string;
  /** By whom, or of a mail to whom. */
  who: string | null;
  data: Record<string, unknown>;
}

export const TIMELINE_PAGE = 40;

/**
 * All that happened around somebody, the newest first: one statement over everything, each part of it cut to a page
 * before they are put in order.
 */
export async function listTimeline(
  db: Kysely<DB>,
  of: TimelineOf,
  { kind, before }: TimelineFilter,
): Promise<{ rows: TimelineRow[]; next: TimelineCursor | null }> {
  const parts = timelineParts(of);
  const wanted = TIMELINE_KINDS.filter((one) => kind === undefined || one === kind).flatMap((one) =>
    parts[one].map((statement) => ({ kind: one, statement })),
  );
  if (wanted.length === 0) return { rows: [], next: null };
  const older = before ? sql`WHERE (part.at, part.key) < (${`${before.at}Z`}::timestamptz, ${before.key})` : sql``;
  const limit = sql`ORDER BY at DESC, key DESC LIMIT ${sql.lit(TIMELINE_PAGE + 1)}`;
  const cut = wanted.map(
    ({ kind: one, statement }) =>
      sql`(SELECT ${one}::text AS kind, part.* FROM (${statement}) AS part (key, at, what, who, data) ${older} ${limit})`,
  );
  const { rows } = await sql<TimelineRow & { exact: string }>`
    SELECT kind, key, at, what, who, data, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS exact
    FROM (${sql.join(cut, sql` UNION ALL `)}) AS everything ${limit}`.execute(db);
  const shown = rows.slice(0, TIMELINE_PAGE);
  const last = rows.length > TIMELINE_PAGE ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ exact: _, ...row }) => row),
    next: last ? { at: last.exact, key: last.key } : null,
  };
}
