import type { WeeklySlot } from './match-facts.ts';
import { DAY } from './week-spans.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Tue 16:00` */
export function slotText({ start }: Pick<WeeklySlot, 'start'>): string {
  const minute = start % DAY;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${WEEKDAYS[Math.floor(start / DAY) % 7]} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export const slotsText = (slots: readonly Pick<WeeklySlot, 'start'>[]): string => slots.map(slotText).join(', ');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-03-08` as `8 Mar 2026` */
export const dateText = (date: string): string =>
  `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
