import type { Named } from './board-data.ts';
import type { Clock } from './days.ts';

/** What the rows say in words, by id. */
export interface RowNames {
  days: readonly string[];
  clock: Clock;
  brief: Clock;
  bare: Clock;
  subjects: ReadonlyMap<string, Named>;
  programs: ReadonlyMap<string, Named>;
}
