import { formatCredits, formatMoney } from './format.ts';
import { useViewer } from './viewer.ts';

interface MoneyProps {
  /** Minor units; null where there is none yet. */
  value: bigint | null | undefined;
  currency?: string;
}

/** An amount in the reader's way of writing. Node and a browser may differ in a space: the text of the first stays. */
export function Money({ value, currency }: MoneyProps) {
  const viewer = useViewer();
  if (value === null || value === undefined) return <>–</>;
  return (
    <span className="tabular" suppressHydrationWarning>
      {formatMoney(value, currency ?? viewer.currency, viewer.locale)}
    </span>
  );
}

/** Hundredths of a credit. */
export function Credits({ value }: { value: bigint | null | undefined }) {
  const { locale } = useViewer();
  if (value === null || value === undefined) return <>–</>;
  return (
    <span className="tabular" suppressHydrationWarning>
      {formatCredits(value, locale)}
    </span>
  );
}
