import { Link } from '@remix-run/react';
import type { Column } from '#app/ui/data-table.tsx';
import { Money } from '#app/ui/money.tsx';
import { type BillLine, BillLines } from './bill-lines.tsx';
import styles from './money-pages.module.css';
import { payLineView } from './pay-lines.ts';

interface Statement {
  tutorId: string;
  tutorName: string;
  wages: bigint;
  mileage: bigint;
  adjustments: bigint;
  total: bigint;
  /** How many lines it has. */
  count: number;
  /** The lines, of the one that is open. */
  lines: Parameters<typeof payLineView>[0][];
}

interface StatementsProps {
  statements: readonly Statement[];
  /** Whose lines are shown; the address says it, so that a run of many tutors stays a quick page. */
  opened: string | null;
  /** A column of one's own at the end of each line. */
  extra?: Column<BillLine>[];
  /** Where a tutor's statement is as PDF. */
  pdfOf?: (tutorId: string) => string;
}

/** What each tutor is owed; each opens down to the line with its reason. */
export function Statements({ statements, opened, extra = [], pdfOf }: StatementsProps) {
  return (
    <div style={{ marginTop: 16 }}>
      {statements.map((one) => (
        <div key={one.tutorId} id={`t-${one.tutorId}`} className={styles.party}>
          <Link
            to={one.tutorId === opened ? '?' : `?open=${one.tutorId}#t-${one.tutorId}`}
            preventScrollReset
            aria-expanded={one.tutorId === opened}
          >
            <span>{one.tutorName}</span>
            <span>{one.count === 1 ? '1 line' : `${one.count} lines`}</span>
            <span className={styles.amount}>
              <Money value={one.total} />
            </span>
          </Link>
          {one.tutorId === opened ? (
            <div className={styles.inside}>
              <BillLines
                caption={`Lines of ${one.tutorName}`}
                lines={one.lines.map((line) => payLineView(line, '/office/sessions'))}
                extra={extra}
              />
              <p className={styles.why}>
                Wages <Money value={one.wages} />, mileage <Money value={one.mileage} />, adjustments{' '}
                <Money value={one.adjustments} />
                {pdfOf ? (
                  <>
                    {'. '}
                    <a href={pdfOf(one.tutorId)}>Statement as PDF</a>
                  </>
                ) : null}
              </p>
            </div>
          ) : null}
        </div>
      ))}
    </div>
  );
}
