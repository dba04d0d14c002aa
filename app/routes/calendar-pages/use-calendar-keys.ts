import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';
import type { CalendarView } from './calendar-view.ts';

/** The toolbar's links by their first letters, as long as nobody types; arrows go from session to session and day to day. */
export function useCalendarKeys(page: Pick<CalendarView, 'before' | 'after' | 'today'>, views: Record<string, string>): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (moveFocus(event)) {
        event.preventDefault();
        return;
      }
      const byLetter: Record<string, string | undefined> = { t: page.today, p: page.before, n: page.after };
      for (const [view, to] of Object.entries(views)) byLetter[view.charAt(0)] = to;
      const to = byLetter[event.key];
      if (to) navigate(to, { preventScrollReset: true });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [page, views, navigate]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
}

/** From a focused session to the one before or after it, or to the nearest day beside it that has any. */
function moveFocus({ key, target }: KeyboardEvent): boolean {
  const day = target instanceof HTMLElement ? target.closest('[data-day]') : null;
  if (!day || !(target instanceof HTMLElement) || !key.startsWith('Arrow')) return false;
  const days = [...document.querySelectorAll('[data-day]')];
  const links = linksOf(day);
  const here = links.indexOf(target);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = links[here + (key === 'ArrowDown' ? 1 : -1)];
    next?.focus();
    return next !== undefined;
  }
  const step = key === 'ArrowRight' ? 1 : -1;
  for (let index = days.indexOf(day) + step; index >= 0 && index < days.length; index += step) {
    const beside = linksOf(days[index] as Element);
    const next = beside[Math.min(Math.max(here, 0), beside.length - 1)];
    if (!next) continue;
    next.focus();
    return true;
  }
  return false;
}

function linksOf(day: Element): HTMLElement[] {
  return [...day.querySelectorAll<HTMLElement>('a[data-entry]')].filter((link) => link.offsetParent !== null);
}
