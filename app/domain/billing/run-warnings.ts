import type { InvoiceRunPreview, RunFamily, RunLine } from './invoice-run.ts';
import { currencyDigits, formatDecimal } from './money.ts';

/** What is worth a second look before a run is issued; nothing of it stands in the way. Pure, browser-safe. */

export type WarningCode = 'negative' | 'zero' | 'unusual' | 'duplicate' | 'overdrawn' | 'late' | 'no_address' | 'no_email';

export interface RunWarning {
  code: WarningCode;
  clientId: string;
  clientName: string;
  text: string;
}

const words: Record<WarningCode, [label: string, meaning: string]> = {
  negative: ['Below zero', 'More is taken off than there is: no invoice is issued, and the lines wait for the next run.'],
  zero: ['Comes to 0', 'An invoice of nothing would be issued.'],
  unusual: ['Far from the usual', 'Much more than this family’s invoices have been.'],
  duplicate: ['Looks like a duplicate', 'The same line stands there more than once.'],
  overdrawn: ['Credits below zero', 'More was booked than the family has bought.'],
  late: ['Late lines', 'Settled after their own month had been billed.'],
  no_address: ['No address', 'The invoice would have a name and no address.'],
  no_email: ['No e-mail', 'The invoice is not mailed: print it or send it by hand.'],
};

export const warningLabel = (code: WarningCode) => words[code][0];
export const warningMeaning = (code: WarningCode) => words[code][1];

export interface Known {
  /** Mean of the family's last invoices, minor units; none where there are too few to tell. */
  usual: ReadonlyMap<string, bigint>;
  /** An invoice of more than so many times its usual is pointed out. */
  unusualFactor: number;
  /** Families whose credits are below zero, in hundredths. */
  overdrawn: readonly { clientId: string; clientName: string; credits: bigint }[];
}

export function runWarnings(preview: Pick<InvoiceRunPreview, 'families' | 'waiting' | 'currency'>, known: Known): RunWarning[] {
  const digits = currencyDigits(preview.currency);
  const money = (amount: bigint) => `${formatDecimal(amount, digits)} ${preview.currency}`;
  const found: RunWarning[] = [];
  for (const { clientId, clientName, total } of preview.waiting)
    found.push({ code: 'negative', clientId, clientName, text: money(total) });
  for (const family of preview.families) {
    const say = (code: WarningCode, text: string) =>
      found.push({ code, clientId: family.clientId, clientName: family.clientName, text });
    if (family.total === 0n) say('zero', '');
    const usual = known.usual.get(family.clientId);
    if (usual !== undefined && usual > 0n && family.total > times(usual, known.unusualFactor))
      say('unusual', `${money(family.total)}, usually ${money(usual)}`);
    for (const { line, count } of duplicates(family)) say('duplicate', `${count} × ${line.description}, ${line.localDate}`);
    const late = family.lines.filter((line) => line.late).length;
    if (late > 0) say('late', late === 1 ? '1 line' : `${late} lines`);
    if (family.clientAddress.trim() === '') say('no_address', '');
    if (!family.clientEmail) say('no_email', '');
  }
  for (const { clientId, clientName, credits } of known.overdrawn)
    found.push({ code: 'overdrawn', clientId, clientName, text: `${formatDecimal(credits, 2)} credits` });
  return found;
}

/** A factor has a few decimals at most. */
const times = (amount: bigint, factor: number) => (amount * BigInt(Math.round(factor * 1000))) / 1000n;

function duplicates(family: RunFamily): { line: RunLine; count: number }[] {
  const alike = Map.groupBy(family.lines, (line) =>
    JSON.stringify([
      line.kind,
      line.studentRef,
      line.localDate,
      line.description,
      line.net.toString(),
      line.aboutChargeId,
      line.kind === 'session' ? line.minutes : null,
    ]),
  );
  return [...alike.values()].flatMap((lines) => (lines.length > 1 && lines[0] ? [{ line: lines[0], count: lines.length }] : []));
}
