import { expect, it } from 'vitest';
import { students, tutors } from './company.ts';
import { type DemoSession, pastMonths, planSessions } from './plan.ts';

const moments = [
  '2026-01-01T00:30:00Z',
  '2026-03-08T06:59:00Z',
  '2026-03-31T23:59:59Z',
  '2026-07-15T14:07:00Z',
  '2026-11-01T05:30:00Z',
  '2026-11-22T20:01:00Z',
  '2028-02-29T12:00:00Z',
];

it.each(moments)('at %s the plan asks nobody to be in two places, and no tutor to skip their buffer', (moment) => {
  const sessions = planSessions(new Date(moment));
  const of = (pick: (session: DemoSession) => boolean) => sessions.filter(pick);
  for (const [i, tutor] of tutors.entries())
    noOverlap(
      of((session) => session.tutor === i),
      tutor.buffer,
    );
  for (const student of students)
    noOverlap(
      of((session) => session.students.includes(student)),
      0,
    );
  expect(new Set(sessions.map((session) => session.id)).size).toBe(sessions.length);
});

it.each(moments)('at %s a lesson runs, the next one can be joined within minutes, and all endings are there', (moment) => {
  const now = new Date(moment);
  const sessions = planSessions(now);
  const own = sessions.filter((session) => session.tutor === 0);
  expect(own.some((session) => session.startsAt <= now && now < session.endsAt)).toBe(true);
  expect(own.some((session) => session.startsAt > now && session.startsAt.getTime() - now.getTime() <= 16 * 60_000)).toBe(true);
  const endings = sessions.filter((session) => session.endsAt < now).flatMap((session) => session.endings);
  const outcomes = endings.flatMap((ending) => (ending.kind === 'closed' ? Object.values(ending.outcomes) : []));
  expect(new Set(outcomes)).toEqual(new Set(['attended', 'no_show', 'tutor_no_show', 'technical_failure']));
  const kinds = endings.map((ending) =>
    ending.kind === 'closed' ? ending.closing : ending.kind === 'cancelled' ? ending.by : ending.kind,
  );
  expect(new Set(kinds)).toEqual(new Set(['approved', 'submitted', 'sent_back', 'open', 'client', 'tutor']));
});

it('the two months before are whole ones, over a new year too', () => {
  expect(pastMonths(new Date('2026-01-15T12:00:00Z'))).toEqual([
    { from: '2025-11-01', to: '2025-12-01' },
    { from: '2025-12-01', to: '2026-01-01' },
  ]);
});

function noOverlap(sessions: readonly DemoSession[], bufferMinutes: number): void {
  for (const [i, session] of sessions.entries()) {
    const next = sessions[i + 1];
    if (next) expect(next.startsAt.getTime()).toBeGreaterThanOrEqual(session.endsAt.getTime() + bufferMinutes * 60_000);
  }
}
