import { CREDIT } from '#app/domain/billing/accounts.ts';
import { shownAmount } from '#app/domain/books/opens.ts';
import { Credits, Money } from '#app/ui/money.tsx';

/** An amount of an account, in its commodity; what is owed or earned stands positive. */
export function Amount({ kind, commodity, value }: { kind: string; commodity: string; value: bigint }) {
  const shown = shownAmount(kind, value);
  if (shown === 0n) return <>–</>;
  return commodity === CREDIT ? <Credits value={shown} /> : <Money value={shown} currency={commodity} />;
}

/** As it was posted: debit or credit. */
export function Entry({ commodity, value }: { commodity: string; value: bigint }) {
  return commodity === CREDIT ? <Credits value={value} /> : <Money value={value} currency={commodity} />;
}
