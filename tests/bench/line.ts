/** One line of the bench: what was measured, what it is held against, and how many times that it took. */
export interface BenchLine {
  what: string;
  ours: string;
  against: string;
  /** Undefined: not run, and why. */
  ratio: number | undefined;
  promise: string;
  note?: string;
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function print(lines: readonly BenchLine[]): void {
  for (const { what, ours, against, ratio, promise, note } of lines) {
    console.log(`\n${what}`);
    console.log(`  ours     ${ours}`);
    console.log(`  against  ${against}`);
    console.log(`  ratio    ${ratio === undefined ? 'not run' : ratio.toFixed(2)}   (${promise})${note ? `\n  ${note}` : ''}`);
  }
}
