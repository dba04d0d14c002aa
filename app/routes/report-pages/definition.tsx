import type { ReportEntry } from '#app/domain/reports/catalogue.ts';
import styles from './report-pages.module.css';

/** What exactly the numbers count. */
export function Definition({ report }: { report: ReportEntry }) {
  return (
    <details className={styles.definition}>
      <summary>What counts here</summary>
      <ul>
        {report.definition.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
