import { whyText } from '#app/ui/session-why.ts';
import { useViewer } from '#app/ui/viewer.ts';
import styles from './money-pages.module.css';

/** How an amount came about, under it. */
export function Why({ reason, currency }: { reason: unknown; currency?: string }) {
  const viewer = useViewer();
  const text = whyText(reason, currency ?? viewer.currency, viewer.locale);
  return text === '' ? null : (
    <span className={styles.why} suppressHydrationWarning>
      {text}
    </span>
  );
}
