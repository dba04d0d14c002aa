import type { AuditRow } from '#app/domain/audit/queries.server.ts';
import { timeOfMinute } from '#app/domain/scheduling/repeat.ts';
import type { SeriesDetail, SeriesSessionRow } from '#app/domain/series/queries.server.ts';
import type { HistoryLine } from '#app/ui/record-history-words.ts';
import { type StatusView, statusOfSession } from '#app/ui/session-status.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { dateText } from '../series-pages/date-text.ts';
import { timesText } from '../series-pages/day-view.ts';

export interface SeriesSessionView {
  id: string;
  when: string;
  status: StatusView;
  /** Moved or changed by itself: what the rule had said. */
  instead: string | null;
  students: string[];
}

/** The sessions of the page, and which of them the rule does not say. */
export function viewSessions(rows: readonly SeriesSessionRow[], reader: Reader): SeriesSessionView[] {
  return rows.map((row) => ({
    id: row.id,
    when: timesText(reader, row),
    status: statusOfSession(row, reader.now),
    instead: row.seriesException ? dateText(row.originalDate, reader.locale) : null,
    students: row.places.filter((place) => !['cancelled', 'late_cancel'].includes(place.outcome)).map((place) => place.name),
  }));
}

const REASONS: Record<string, string> = {
  clash: 'Something was in the way',
  closure: 'Nobody teaches on this day',
  pause: 'Paused',
  removed: 'Left out',
};

export interface SkipView {
  date: string;
  day: string;
  text: string;
  toDecide: boolean;
  /** Still to come, so that something else can be planned for it. */
  open: boolean;
  moveTo: string;
}

export function viewSkips(series: SeriesDetail, reader: Reader, today: string): SkipView[] {
  return series.skips.map((skip) => ({
    date: skip.originalDate,
    day: dateText(skip.originalDate, reader.locale),
    text: [REASONS[skip.reason] ?? skip.reason, skip.note].filter(Boolean).join(': '),
    toDecide: skip.toDecide && skip.originalDate >= today,
    open: skip.originalDate >= today && series.endedAt === null,
    moveTo: `${skip.originalDate}T${timeOfMinute(series.startMinute)}`,
  }));
}

interface Logged {
  sessions?: number;
  from?: string;
  to?: string;
  date?: string;
  scope?: string;
  days?: number;
  moved?: number;
  cancelled?: number;
  booked?: number;
  cutFrom?: string;
}

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** What was done to the series, in words of its own: the log holds counts and days. */
export function viewHistory(rows: readonly AuditRow[], locale: string): HistoryLine[] {
  return rows.map((row) => {
    const after = (row.after ?? {}) as Logged;
    return { id: row.id.toString(), at: row.at, by: row.by, ...told(row.action, after, row.reason, locale) };
  });
}

function told(action: string, after: Logged, reason: string, locale: string): Pick<HistoryLine, 'what' | 'changes'> {
  const day = (date: string | undefined) => (date ? dateText(date, locale) : '');
  const why = reason ? [reason] : [];
  switch (action) {
    case 'series.create':
      return { what: 'Planned', changes: [count(after.sessions ?? 0, 'session', 'sessions')] };
    case 'series.edit':
      return {
        what: after.cutFrom ? `Begun anew from ${day(after.from)}` : `Changed from ${day(after.from)}`,
        changes: [
          ...(after.moved ? [`${after.moved} moved`] : []),
          ...(after.booked ? [`${after.booked} added`] : []),
          ...(after.cancelled ? [`${after.cancelled} cancelled`] : []),
        ],
      };
    case 'series.cancel':
      return {
        what: `Stopped from ${day(after.from)}`,
        changes: [count(after.sessions ?? 0, 'session cancelled', 'sessions cancelled'), ...why],
      };
    case 'series.pause':
      return { what: `Paused ${day(after.from)} to ${day(after.to)}`, changes: why };
    case 'series.accept_skip':
      return { what: `${day(after.date)} stays left out`, changes: [] };
    case 'series.book_skip':
      return { what: `${day(after.date)} planned after all`, changes: [] };
    case 'series.add_student':
      return { what: `A student joined from ${day(after.from)}`, changes: [] };
    case 'series.remove_student':
      return { what: `A student left from ${day(after.from)}`, changes: why };
    default:
      return { what: 'Changed', changes: why };
  }
}
