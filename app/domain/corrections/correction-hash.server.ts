import { createHash } from 'node:crypto';
import type { CorrectionResult } from './correction.ts';

/** Of what a correction comes to; the same again means that the same would be done. */
export function correctionHash({ before, after, creditNotes, payCorrections }: CorrectionResult): string {
  const text = JSON.stringify([before, after, creditNotes, payCorrections], (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
