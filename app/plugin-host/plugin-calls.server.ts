import type { Kysely } from 'kysely';
import type { Clock } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { callRecord, type PluginCall } from './call-record.ts';

interface RecordOptions {
  installId: string;
  /** What the call was for: "provision:<session>". */
  effect: string;
  clock: Clock;
  /** Takes the install's secrets out of a text. */
  mask: (text: string) => string;
  /** Told when a call could not be written down; the call itself goes on. */
  onError: (error: unknown) => void;
}

/** Writes down what an install asks of its provider and what it hears, for the plugin's page. */
export function recordCalls(db: Kysely<DB>, { installId, effect, clock, mask, onError }: RecordOptions) {
  return async (call: PluginCall): Promise<void> => {
    try {
      await db
        .insertInto('pluginCall')
        .values({ installId, at: clock(), effect, ...callRecord(call, mask) })
        .execute();
    } catch (error) {
      onError(error);
    }
  };
}

export interface PluginCallView {
  id: string;
  at: Date;
  effect: string;
  method: string;
  url: string;
  status: number | null;
  ms: number;
  error: string | null;
  request: string;
  response: string;
}

/** The newest calls of an install first. */
export async function listPluginCalls(db: Kysely<DB>, installId: string, limit: number): Promise<PluginCallView[]> {
  return db
    .selectFrom('pluginCall')
    .select(['id', 'at', 'effect', 'method', 'url', 'status', 'ms', 'error', 'request', 'response'])
    .where('installId', '=', installId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
