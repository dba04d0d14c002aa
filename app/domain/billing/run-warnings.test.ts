import { describe, expect, it } from 'vitest';
import type { RunFamily, RunLine } from './invoice-run.ts';
import { runWarnings } from './run-warnings.ts';
import { totalsOf } from './tax.ts';

const line = (net: bigint, over: Partial<RunLine> = {}): RunLine => ({
  ...{ chargeId: `c${net}`, kind: 'session', ref: 'ses-1', sessionId: 's', attendanceId: 'a', aboutChargeId: null },
  ...{ studentRef: 'S1', studentName: 'Ann', localDate: '2026-03-03', description: 'Mathematics', minutes: 60, net },
  ...{ taxPercent: '0', late: false, reason: {} },
  ...over,
});
const family = (clientId: string, lines: RunLine[], over: Partial<RunFamily> = {}): RunFamily => ({
  ...{ clientId, clientRef: clientId, clientName: clientId, clientEmail: 'a@b.test', clientAddress: '1 Main Street', lines },
  ...totalsOf(lines),
  ...over,
});
const warned = (families: RunFamily[], usual: [string, bigint][] = []) =>
  runWarnings(
    { families: families.filter((one) => one.total >= 0n), waiting: families.filter((one) => one.total < 0n), currency: 'USD' },
    { usual: new Map(usual), unusualFactor: 2, overdrawn: [] },
  ).map((one) => [one.clientId, one.code, one.text]);

describe('worth a second look before a run', () => {
  it('an ordinary invoice is not', () => {
    expect(warned([family('A', [line(6000n)])], [['A', 6000n]])).toEqual([]);
  });

  it('nothing, below nothing, and more than twice the usual are', () => {
    const off = line(-6000n, { kind: 'discount' });
    expect(
      warned(
        [
          family('A', [line(6000n), off]),
          family('B', [line(5000n), off]),
          family('C', [line(12_001n)]),
          family('D', [line(12_000n)]),
        ],
        [
          ['C', 6000n],
          ['D', 6000n],
        ],
      ),
    ).toEqual([
      ['B', 'negative', '-10.00 USD'],
      ['A', 'zero', ''],
      ['C', 'unusual', '120.01 USD, usually 60.00 USD'],
    ]);
  });

  it('the same line twice, a late one, and a family that can’t be written to are', () => {
    const twice = [line(6000n), line(6000n), line(7000n, { late: true })];
    expect(warned([family('A', twice, { clientEmail: null, clientAddress: ' ' })])).toEqual([
      ['A', 'duplicate', '2 × Mathematics, 2026-03-03'],
      ['A', 'late', '1 line'],
      ['A', 'no_address', ''],
      ['A', 'no_email', ''],
    ]);
  });
});
