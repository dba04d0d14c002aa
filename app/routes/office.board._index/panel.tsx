import { type ReactNode, useEffect, useRef } from 'react';
import styles from './panel.module.css';

/** A button with a small panel under it. A `details` element: it opens without a script and takes no room on the page. */
export function Panel({ label, icon, children }: { label: string; icon?: ReactNode; children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const { current } = details;
      if (!current?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape' || !current.contains(document.activeElement)) return;
        current.querySelector('summary')?.focus();
      } else if (event.target instanceof Node && current.contains(event.target)) return;
      current.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={details} className={styles.panel}>
      <summary>
        {icon}
        {label}
      </summary>
      <div className={styles.panelBody}>{children}</div>
    </details>
  );
}
