/** Which families the list of balances shows, as its URL says. Browser-safe. */
export const SHOWN = ['owing', 'overdue', 'ahead', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export interface BalanceFilter {
  show: Shown;
  q: string;
  page: number;
}

export function readBalanceFilter(params: URLSearchParams): BalanceFilter {
  const show = SHOWN.find((one) => one === params.get('show')) ?? 'all';
  const page = Number(params.get('page') ?? '1');
  return { show, q: (params.get('q') ?? '').trim().slice(0, 100), page: Number.isInteger(page) && page > 0 ? page : 1 };
}

interface Balance {
  clientName: string;
  owed: bigint;
  unapplied: bigint;
  oldestDueOn: string | null;
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

export function fits(balance: Balance, { show, q }: BalanceFilter, today: string): boolean {
  if (q && !plain(balance.clientName).includes(plain(q))) return false;
  if (show === 'owing') return balance.owed > 0n;
  if (show === 'overdue') return isOverdue(balance, today);
  if (show === 'ahead') return balance.owed < 0n || balance.unapplied > 0n;
  return true;
}

export const isOverdue = ({ oldestDueOn }: Pick<Balance, 'oldestDueOn'>, today: string) =>
  oldestDueOn !== null && oldestDueOn < today;
