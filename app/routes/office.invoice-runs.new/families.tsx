import { Money } from '#app/ui/money.tsx';
import { BillLines } from '../money-pages/bill-lines.tsx';
import styles from '../money-pages/money-pages.module.css';

interface Family {
  clientId: string;
  clientName: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  lines: {
    chargeId: string;
    kind: string;
    sessionId: string | null;
    localDate: string;
    description: string;
    minutes: number | null;
    net: bigint;
    taxPercent: string;
    late: boolean;
    reason: unknown;
  }[];
}

/** Every family of the run; each opens down to the line with its reason. */
export function Families({ families }: { families: readonly Family[] }) {
  return (
    <div style={{ marginTop: 16 }}>
      {families.map((family) => (
        <details key={family.clientId} className={styles.party}>
          <summary>
            <span>{family.clientName}</span>
            <span>{family.lines.length === 1 ? '1 line' : `${family.lines.length} lines`}</span>
            <span className={styles.amount}>
              <Money value={family.total} />
            </span>
          </summary>
          <div className={styles.inside}>
            <BillLines
              caption={`Lines of ${family.clientName}`}
              lines={family.lines.map((line) => ({
                key: line.chargeId,
                localDate: line.localDate,
                description: line.description,
                sessionTo: line.sessionId ? `/office/sessions/${line.sessionId}` : null,
                minutes: line.minutes,
                amount: line.net,
                taxPercent: line.taxPercent,
                late: line.late,
                reason: line.reason,
              }))}
            />
            <p className={styles.why}>
              Net <Money value={family.net} />, tax <Money value={family.tax} />, total <Money value={family.total} />
            </p>
          </div>
        </details>
      ))}
    </div>
  );
}
