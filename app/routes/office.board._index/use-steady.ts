import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Focus } from './focus.ts';
import type { Row } from './rows.ts';

const MINUTE_MS = 60_000;

/** The time by the minute, from the moment the page was made. */
export function useClock(start: number): number {
  const [now, setNow] = useState(start);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/**
 * Keeps the keyboard where it is meant to be: on the element that the focus names, also after a session moved to another
 * row and is another element now.
 */
export function useSteadyFocus(frame: RefObject<HTMLElement>, focus: Focus | undefined, rows: readonly Row[], carrying: boolean) {
  const within = useRef(false);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onIn = () => {
      within.current = true;
    };
    const onOut = (event: FocusEvent) => {
      // An element that is taken away leaves nothing focused; that is no going away.
      if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) within.current = false;
    };
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !element.contains(event.target)) within.current = false;
    };
    element.addEventListener('focusin', onIn);
    element.addEventListener('focusout', onOut);
    document.addEventListener('pointerdown', onPress);
    return () => {
      element.removeEventListener('focusin', onIn);
      element.removeEventListener('focusout', onOut);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [frame]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that were drawn anew have other elements
  useEffect(() => {
    if (!within.current || !focus || carrying) return;
    const active = document.activeElement;
    const free = active === document.body || active === null || frame.current?.contains(active);
    const wanted = elementOf(frame.current, focus);
    if (free && wanted && wanted !== active) wanted.focus();
  }, [focus?.tutorId, focus?.day, focus?.id, rows, carrying]);
}

function elementOf(frame: HTMLElement | null, { tutorId, day, id }: Focus): HTMLElement | null {
  const selector = id === null ? `[data-cell="${tutorId}:${day}"]` : `[data-session="${id}"]`;
  return frame?.querySelector<HTMLElement>(selector) ?? null;
}

/** What the focus names when an element of the board has it; undefined when it names that already. */
export function focusOf(target: EventTarget, now: Focus | undefined): Focus | undefined {
  const element = target as HTMLElement;
  const cell = element.closest<HTMLElement>('[data-cell]')?.dataset.cell;
  if (cell === undefined) return undefined;
  const [tutorId = '', day = '0'] = cell.split(':');
  const next = { tutorId, day: Number(day), id: element.dataset.session ?? null };
  return now && now.tutorId === next.tutorId && now.day === next.day && now.id === next.id ? undefined : next;
}
