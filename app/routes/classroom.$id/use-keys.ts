import { useEffect, useRef } from 'react';

/** Single keys for what the room's buttons do, while nobody types and nothing else listens to them (the whiteboard does). */
export function useKeys(active: boolean, keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      const typing = target?.closest('input, textarea, select, [contenteditable="true"], [data-own-keys]');
      if (typing && event.key !== 'Escape') return;
      if (target?.closest('[data-own-keys]')) return;
      latest.current[event.key.toLowerCase()]?.();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [active]);
}
