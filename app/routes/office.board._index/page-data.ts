import type { SavedView } from '#app/domain/views/queries.server.ts';
import type { Waiting } from './waiting.ts';

/** What the page's loader gives. */
export interface BoardPageData {
  /** JSON, for `readBoard`. */
  board: string;
  firstDay: string;
  days: number;
  /** In the reader's language, made on the server so that the page is the same before and after its script has loaded. */
  dayNames: string[];
  rangeName: string;
  /** The reader's clock has twice 12 hours. */
  twelve: boolean;
  today: string;
  /** Milliseconds since 1970, and the minute of the company's day that this is. */
  now: number;
  minuteNow: number;
  grid: number;
  /** Lengths of sessions, in minutes. */
  durations: number[];
  waiting: Waiting[];
  views: SavedView[];
  /** Said where the company's clock isn't the reader's. */
  zoneNote: string | null;
}
