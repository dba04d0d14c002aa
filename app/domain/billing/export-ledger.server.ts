import { type Kysely, sql } from 'kysely';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { CREDIT } from './accounts.ts';
import { currencyDigits, formatDecimal } from './money.ts';

export const LEDGER_FORMATS = ['hledger', 'beancount'] as const;
export type LedgerFormat = (typeof LEDGER_FORMATS)[number];
export const isLedgerFormat = (text: string): text is LedgerFormat => (LEDGER_FORMATS as readonly string[]).includes(text);

interface Entry {
  code: string;
  kind: string;
  commodity: string;
  amount: bigint;
}

interface LedgerTransaction {
  effectiveOn: string;
  description: string;
  idempotencyKey: string;
  id: string;
  entries: { a: string; n: string }[];
}

const PAGE = 1000;

/**
 * The whole of the books as a text journal, in the order of days: accounts and commodities declared, every transaction,
 * and at the end each account's counter as a balance assertion. Read page by page in one snapshot, so memory stays flat
 * and the assertions hold while others post.
 */
export async function* exportLedger(db: Kysely<DB>, format: LedgerFormat): AsyncGenerator<string> {
  const { currency } = await getOrganisation(db);
  const write = format === 'hledger' ? hledger : beancount;
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    const accounts = await trx
      .selectFrom('account')
      .select(['id', 'code', 'kind', 'commodity', 'balance'])
      .orderBy('code')
      .execute();
    const { rows: bounds } = await sql<{ first: string | null; last: string | null }>`
      SELECT min(effective_on) AS first, max(effective_on) AS last FROM ledger_transaction`.execute(trx);
    const first = bounds[0]?.first ?? '1970-01-01';
    const commodities = [...new Set([currency, ...accounts.map((account) => account.commodity), CREDIT])];
    const digitsOf = (commodity: string) => (commodity === CREDIT ? 2 : currencyDigits(commodity));
    const amount = (value: bigint, commodity: string) => `${formatDecimal(value, digitsOf(commodity))} ${commodity}`;
    yield write.head({ commodities, digitsOf, accounts, first, currency });
    const byId = new Map(accounts.map((account) => [account.id, account]));
    for await (const transaction of transactions(trx)) {
      const entries: Entry[] = transaction.entries.map(({ a, n }) => {
        const account = byId.get(a);
        if (!account) throw new Error(`entry on an unknown account ${a}`);
        return { ...account, amount: BigInt(n) };
      });
      yield write.transaction(transaction, entries, amount);
    }
    const after = nextDay(bounds[0]?.last ?? first);
    yield write.assertions(after, accounts, amount);
  } finally {
    await trx.rollback().execute();
  }
}

async function* transactions(trx: Kysely<DB>): AsyncGenerator<LedgerTransaction> {
  let after: { effectiveOn: string; id: string } = { effectiveOn: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const { rows } = await sql<LedgerTransaction>`
      SELECT t.id, t.effective_on, t.description, t.idempotency_key,
        (SELECT json_agg(json_build_object('a', e.account_id, 'n', e.amount::text) ORDER BY e.seq) FROM ledger_entry e WHERE e.transaction_id = t.id)
          AS entries
      FROM ledger_transaction t
      WHERE (t.effective_on, t.id) > (${after.effectiveOn}::date, ${after.id}::uuid)
      ORDER BY t.effective_on, t.id LIMIT ${PAGE}`.execute(trx);
    for (const row of rows) if (row.entries) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}

type Amount = (value: bigint, commodity: string) => string;

interface Head {
  commodities: string[];
  digitsOf: (commodity: string) => number;
  accounts: readonly { code: string; kind: string; commodity: string }[];
  first: string;
  currency: string;
}

interface Writer {
  head(head: Head): string;
  transaction(transaction: LedgerTransaction, entries: readonly Entry[], amount: Amount): string;
  assertions(
    day: string,
    accounts: readonly { code: string; kind: string; commodity: string; balance: bigint }[],
    amount: Amount,
  ): string;
}

// One letter per kind: hledger then knows "credits:" as assets, expenses or equity as they are.
const hledgerTypes: Record<string, string> = { asset: 'A', liability: 'L', income: 'R', expense: 'X', equity: 'E' };

const hledger: Writer = {
  head: ({ commodities, digitsOf, accounts }) =>
    [
      ...commodities.map(
        (commodity) =>
          `commodity ${formatDecimal(100_000n, digitsOf(commodity))}${digitsOf(commodity) === 0 ? '.' : ''} ${commodity}`,
      ),
      '',
      ...accounts.map((account) => `account ${account.code}  ; type: ${hledgerTypes[account.kind] ?? 'A'}`),
      '',
      '',
    ].join('\n'),
  transaction: (transaction, entries, amount) =>
    [
      `${transaction.effectiveOn} ${oneLine(transaction.description).replaceAll(/[;|]/g, ' ')}  ; key: ${oneLine(transaction.idempotencyKey).replaceAll(',', ' ')}`,
      ...entries.map((entry) => `    ${entry.code}  ${amount(entry.amount, entry.commodity)}`),
      '',
      '',
    ].join('\n'),
  assertions: (day, accounts, amount) =>
    accounts.length === 0
      ? ''
      : [
          `${day} Balances as the books keep them`,
          ...accounts.map(
            (account) => `    ${account.code}  ${amount(0n, account.commodity)} = ${amount(account.balance, account.commodity)}`,
          ),
          '',
        ].join('\n'),
};

const beancountRoots: Record<string, string> = {
  asset: 'Assets',
  liability: 'Liabilities',
  income: 'Income',
  expense: 'Expenses',
  equity: 'Equity',
};

/** Assets:Credits:C001:Lot:P001 of credits:C001:lot:P001: five roots, each part starts with a capital or a digit and holds no dot. */
function beancountName({ code, kind }: { code: string; kind: string }): string {
  const root = beancountRoots[kind] ?? 'Assets';
  const parts = code.split(':');
  const rest = ['assets', 'liabilities', 'income', 'expenses', 'equity'].includes(parts[0] ?? '') ? parts.slice(1) : parts;
  return [root, ...rest.map(beancountPart)].join(':');
}

function beancountPart(part: string): string {
  const clean = part.replaceAll(/[^\p{L}\p{N}-]/gu, (found) => `-${found.codePointAt(0)?.toString(16)}-`);
  const capital = clean.charAt(0).toUpperCase() + clean.slice(1);
  return /^[\p{Lu}\p{N}]/u.test(capital) ? capital : `X${capital}`;
}

const beancount: Writer = {
  head: ({ commodities, accounts, first, currency }) =>
    [
      `option "operating_currency" "${currency}"`,
      '',
      ...commodities.map((commodity) => `${first} commodity ${commodity}`),
      '',
      ...accounts.map((account) => `${first} open ${beancountName(account)} ${account.commodity}`),
      '',
      '',
    ].join('\n'),
  transaction: (transaction, entries, amount) =>
    [
      `${transaction.effectiveOn} * "${quoted(transaction.description)}"`,
      `  key: "${quoted(transaction.idempotencyKey)}"`,
      ...entries.map((entry) => `  ${beancountName(entry)}  ${amount(entry.amount, entry.commodity)}`),
      '',
      '',
    ].join('\n'),
  assertions: (day, accounts, amount) =>
    accounts
      .map((account) => `${day} balance ${beancountName(account)}  ${amount(account.balance, account.commodity)}\n`)
      .join(''),
};

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const quoted = (text: string) => oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');

function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
