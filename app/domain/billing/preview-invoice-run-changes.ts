import type { InvoiceRunPreview } from './invoice-run.ts';
import { leftOutLabel } from './invoice-run.ts';
import { currencyDigits, formatDecimal } from './money.ts';

type Print = [party: string, lines: number, total: string, hash: string];
type Seen = [Print[], [string, number][]];

/** What changed between a preview somebody looked at (its `seen`) and the one of now, a sentence each. */
export function whatChanged(
  seen: string | undefined,
  now: Pick<InvoiceRunPreview, 'seen' | 'currency'>,
  nameOf: (party: string) => string = (party) => party,
  labelOf: (reason: string) => string = leftOutLabel,
): string[] {
  const before = read(seen);
  const after = read(now.seen);
  if (!before || !after) return [];
  const digits = currencyDigits(now.currency);
  const amount = (total: string) => formatDecimal(BigInt(total), digits);
  const was = new Map(before[0].map((print) => [print[0], print]));
  const is = new Map(after[0].map((print) => [print[0], print]));
  const changes: string[] = [];
  for (const [party, print] of is) {
    const old = was.get(party);
    if (!old) changes.push(`${nameOf(party)}: new, ${amount(print[2])} (${lines(print[1])}).`);
    else if (old[3] !== print[3]) {
      const same = old[2] === print[2] && old[1] === print[1];
      changes.push(
        same
          ? `${nameOf(party)}: the lines differ, the total is the same.`
          : `${nameOf(party)}: ${amount(old[2])} (${lines(old[1])}) is now ${amount(print[2])} (${lines(print[1])}).`,
      );
    }
  }
  for (const [party, print] of was)
    if (!is.has(party)) changes.push(`${nameOf(party)}: no longer in it (was ${amount(print[2])}).`);
  const oldCounts = new Map(before[1]);
  for (const [reason, count] of after[1]) {
    const old = oldCounts.get(reason) ?? 0;
    if (old !== count) changes.push(`Left out as “${labelOf(reason)}”: ${old} is now ${count}.`);
    oldCounts.delete(reason);
  }
  for (const [reason, count] of oldCounts) changes.push(`Left out as “${labelOf(reason)}”: ${count} is now 0.`);
  return changes;
}

const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);

function read(seen: string | undefined): Seen | undefined {
  if (!seen) return undefined;
  try {
    const parsed: unknown = JSON.parse(seen);
    if (!Array.isArray(parsed) || !Array.isArray(parsed[0]) || !Array.isArray(parsed[1])) return undefined;
    const printed = parsed[0].every((p) => Array.isArray(p) && typeof p[0] === 'string' && /^-?\d+$/.test(String(p[2])));
    return printed ? (parsed as Seen) : undefined;
  } catch {
    return undefined;
  }
}
