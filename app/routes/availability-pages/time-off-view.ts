import type { TimeOffRow } from '#app/domain/scheduling/time-off-queries.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { minuteOf } from '#app/domain/scheduling/week-rows.ts';
import { type Reader, stampText, timeText, whenOf } from '#app/ui/session-when.ts';
import type { Tone } from '#app/ui/status-badge.tsx';
import { dayName, daysName } from './local-days.ts';
import { timeOfDay } from './time-of-day.ts';

/** Time off in words, as its page and the office's list show it. */
export interface TimeOffView {
  id: string;
  version: number;
  tutorId: string;
  tutorName: string;
  when: string;
  /** The zone it was said in, where it isn't the reader's. */
  zone: string | null;
  firstDay: string;
  lastDay: string;
  reason: string;
  status: string;
  state: { label: string; tone: Tone };
  /** Who answered and what: "Mia Fox, 24 Nov 2026: Enjoy". */
  answer: string | null;
  asked: string;
  sessions: { href: string; text: string }[];
  moreSessions: number;
  /** Still to come or going on. */
  open: boolean;
}

const states: Record<string, TimeOffView['state']> = {
  requested: { label: 'Asked for', tone: 'attention' },
  approved: { label: 'Approved', tone: 'good' },
  declined: { label: 'Declined', tone: 'bad' },
  withdrawn: { label: 'Taken back', tone: 'quiet' },
};

export function viewTimeOff(row: TimeOffRow, reader: Reader, base: string): TimeOffView {
  const [firstDay = '', startTime = ''] = row.wallStart.split('T');
  const [endDay = '', endTime = ''] = row.wallEnd.split('T');
  const lastDay = row.allDay ? addDays(endDay, -1) : endDay;
  return {
    id: row.id,
    version: row.version,
    tutorId: row.tutorId,
    tutorName: row.tutorName,
    when: row.allDay ? daysName(firstDay, lastDay, reader.locale) : timesName([firstDay, startTime], [endDay, endTime], reader),
    zone: row.zone === reader.zone ? null : row.zone.replaceAll('_', ' '),
    firstDay,
    lastDay,
    reason: row.reason,
    status: row.status,
    state: states[row.status] ?? { label: row.status, tone: 'neutral' },
    answer: row.decidedAt
      ? [`${row.decidedByName ?? 'The office'}, ${stampText(reader, row.decidedAt)}`, row.decisionNote].filter(Boolean).join(': ')
      : null,
    asked: stampText(reader, row.createdAt),
    sessions: row.sessions.map((session) => {
      const when = whenOf(reader, session.startsAt, session.endsAt);
      const who = session.studentNames.length > 0 ? ` (${session.studentNames.join(', ')})` : '';
      return {
        href: `${base}/${session.id}`,
        text: `${when.day}, ${timeText(reader, session.startsAt)}: ${session.title}${who}`,
      };
    }),
    moreSessions: row.sessionCount - row.sessions.length,
    open: row.endsAt > reader.now,
  };
}

function timesName([firstDay, start]: [string, string], [lastDay, end]: [string, string], { locale }: Reader): string {
  const hour12 = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
  const time = (text: string) => timeOfDay(minuteOf(text) ?? 0, hour12);
  if (firstDay === lastDay) return `${dayName(firstDay, locale)}, ${time(start)} – ${time(end)}`;
  return `${dayName(firstDay, locale)}, ${time(start)} – ${dayName(lastDay, locale)}, ${time(end)}`;
}
