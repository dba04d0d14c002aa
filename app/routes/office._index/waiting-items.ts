import type { CloseOutCounts } from '#app/domain/closeout/count-close-outs.server.ts';
import type { countToday } from '#app/domain/scheduling/today.server.ts';
import type { WaitingItem } from './waiting.tsx';

/** Somebody waits where a place is free now: the longest waiting first. */
export function placeableItem(placeable: readonly { courseId: string | null; sessionId: string | null }[]): WaitingItem[] {
  const [first] = placeable;
  if (!first) return [];
  const to = first.courseId ? `/office/courses/${first.courseId}#waiting` : `/office/sessions/${first.sessionId ?? ''}#group`;
  const words = { one: 'free place that somebody waits for', many: 'free places that somebody waits for' };
  return [{ label: 'places', ...words, count: placeable.length, to, urgent: false }];
}

/** Papers of tutors: left out while there is nothing to do, since many companies ask for none. */
export function clearanceItems({ toCheck, lacking }: { toCheck: number; lacking: number }): WaitingItem[] {
  const check = { label: 'documents', one: 'document to check', many: 'documents to check', count: toCheck, urgent: false };
  const lack = {
    label: 'clearances',
    one: 'clearance lacking or running out',
    many: 'clearances lacking or running out',
    count: lacking,
    urgent: false,
  };
  return [
    ...(toCheck > 0 ? [{ ...check, to: '/office/clearances?show=to_check' }] : []),
    ...(lacking > 0 ? [{ ...lack, to: '/office/clearances' }] : []),
  ];
}

type Counts = Awaited<ReturnType<typeof countToday>> & CloseOutCounts & { requests: number; idle: number; leftOut: number };

/** What waits for the office, each with the page where it is done. `rooms`: meetings without one. */
export function waitingItems(counts: Counts, rooms: number, money: boolean): WaitingItem[] {
  return [
    {
      label: 'requests',
      one: 'booking request to answer',
      many: 'booking requests to answer',
      count: counts.requests,
      to: '/office/booking-requests',
      urgent: false,
    },
    {
      label: 'idle',
      one: 'engagement with nothing planned',
      many: 'engagements with nothing planned',
      count: counts.idle,
      to: '/office/engagements?show=idle',
      urgent: false,
    },
    {
      label: 'to approve',
      one: 'close-out to approve',
      many: 'close-outs to approve',
      count: counts.toApprove,
      to: '/office/closeouts',
      urgent: false,
    },
    {
      label: 'overdue',
      one: 'close-out overdue',
      many: 'close-outs overdue',
      count: counts.overdue,
      to: '/office/closeouts?show=overdue',
      urgent: true,
    },
    {
      label: 'time-off',
      one: 'request for time off',
      many: 'requests for time off',
      count: counts.timeOff,
      to: '/office/time-off',
      urgent: false,
    },
    {
      label: 'rooms',
      one: 'meeting without a room',
      many: 'meetings without a room',
      count: rooms,
      to: '/office/meetings',
      urgent: true,
    },
    {
      label: 'left-out',
      one: 'day of a series left out',
      many: 'days of series left out',
      count: counts.leftOut,
      to: '/office/series?decide=1',
      urgent: true,
    },
    ...(money
      ? [
          {
            label: 'unbilled',
            one: 'place not billed yet',
            many: 'places not billed yet',
            count: counts.unbilled,
            to: '/office/unbilled',
            urgent: false,
          },
          {
            label: 'credits',
            one: 'family below zero credits',
            many: 'families below zero credits',
            count: counts.negativeCredits,
            to: '/office/credits?state=below',
            urgent: true,
          },
        ]
      : []),
  ];
}
