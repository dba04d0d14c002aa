import { type RefObject, useEffect } from 'react';
import { perMinute, type Scale } from './geometry.ts';

/** A board that is wider than its frame begins where the day is: at today's column, or a little before this hour. */
export function useTodayInSight(frame: RefObject<HTMLElement>, scale: Scale, today: number, minute: number | null) {
  const { days, dayWidth } = scale;
  const shown = minute !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the days shown, not again as the clock ticks
  useEffect(() => {
    const element = frame.current;
    if (!element || minute === null) return;
    const room = element.clientWidth - (element.querySelector<HTMLElement>('[role="columnheader"]')?.offsetWidth ?? 0);
    if (days === 1) element.scrollLeft = (minute - scale.from) * perMinute(scale) - room / 3;
    else if ((today + 1) * dayWidth > room) element.scrollLeft = today * dayWidth;
  }, [days, today, shown]);
}
