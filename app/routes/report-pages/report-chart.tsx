import { Skeleton } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { ReportBarsProps } from './report-bars.tsx';
import styles from './report-pages.module.css';

/** The library of charts is large: only who sees one loads it, after the page itself. */
const Bars = lazy(async () => ({ default: (await import('./report-bars.tsx')).ReportBars }));

/** A picture of what the table beside it says in numbers. */
export function ReportChart({ label, ...bars }: ReportBarsProps & { label: string }) {
  const mounted = useMounted();
  const waiting = <Skeleton height={240} />;
  return (
    <div role="img" aria-label={label} className={`${styles.chart} no-print`}>
      {mounted ? (
        <Suspense fallback={waiting}>
          <Bars {...bars} />
        </Suspense>
      ) : (
        waiting
      )}
    </div>
  );
}
