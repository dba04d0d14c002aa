import type { ToCloseOutRow } from '#app/domain/closeout/queries.server.ts';
import { type SessionView, type ViewOptions, viewSession } from '#app/ui/session-view.ts';

export interface ToCloseOutView extends SessionView {
  /** "2 days overdue"; empty on the day itself. */
  overdue: string;
  sentBackReason: string;
}

/** A tutor is reminded from here on. */
const OVERDUE_AFTER_MINUTES = 120;

/** What has ended or was sent back, the longest waiting first. One that is under way is on the list of today's sessions. */
export function viewToCloseOut(rows: readonly ToCloseOutRow[], options: ViewOptions): ToCloseOutView[] {
  return rows
    .filter((row) => row.overdueMinutes >= 0 || row.sentBackReason !== null)
    .map((row) => ({
      ...viewSession(row, options),
      overdue: overdueText(row.overdueMinutes),
      sentBackReason: row.sentBackReason ?? '',
    }));
}

export function overdueText(minutes: number): string {
  if (minutes < OVERDUE_AFTER_MINUTES) return '';
  const days = Math.floor(minutes / 1440);
  if (days >= 1) return days === 1 ? '1 day overdue' : `${days} days overdue`;
  return `${Math.floor(minutes / 60)} h overdue`;
}
