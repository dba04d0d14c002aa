import type { ReactNode } from 'react';
import { useViewer } from '#app/ui/viewer.ts';
import styles from './report-pages.module.css';

export interface Figure {
  label: string;
  value: ReactNode;
  /** Against what it is held, in tenths of a per cent; undefined where there is nothing to hold it against. */
  growth?: number | undefined;
  note?: ReactNode;
}

/** The few numbers a report comes down to, each with how it changed. */
export function Figures({ figures, against }: { figures: readonly Figure[]; against: string | undefined }) {
  return (
    <dl className={styles.tiles}>
      {figures.map(({ label, value, growth, note }) => (
        <div key={label} className={styles.tile}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.figure}>{value}</span>
            {against && growth !== undefined ? (
              <div className={styles.change}>
                <Growth value={growth} /> {against}
              </div>
            ) : null}
            {note ? <div className={styles.change}>{note}</div> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** "+12.5 %": by how much it grew. */
export function Growth({ value }: { value: number | undefined }) {
  const { locale } = useViewer();
  if (value === undefined) return <>–</>;
  const text = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return (
    <span className="tabular" suppressHydrationWarning>
      {text.format(value / 1000)}
    </span>
  );
}

/** Tenths of a per cent. */
export function Percent({ value }: { value: number | undefined }) {
  const { locale } = useViewer();
  if (value === undefined) return <>–</>;
  return (
    <span className="tabular" suppressHydrationWarning>
      {new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        value / 1000,
      )}
    </span>
  );
}

/** Minutes as hours: 90 is 1.5. */
export function Hours({ minutes }: { minutes: number }) {
  const { locale } = useViewer();
  return (
    <span className="tabular" suppressHydrationWarning>
      {hoursText(minutes, locale)}
    </span>
  );
}

export const hoursText = (minutes: number, locale: string) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(minutes / 60);
