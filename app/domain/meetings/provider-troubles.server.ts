import type { AppContext } from '#app/context.ts';
import { listLeftProviders } from './meeting-list-queries.server.ts';
import { listClosedGates } from './provider-gate.server.ts';

/** A provider that is in trouble or can't be used any more, in a sentence. */
export interface ProviderTrouble {
  installId: string;
  text: string;
}

/** What the office should know of its meeting providers before a session shows it. */
export async function listTroubles(ctx: Pick<AppContext, 'db' | 'plugins'>, now: Date): Promise<ProviderTrouble[]> {
  const [gates, left] = await Promise.all([listClosedGates(ctx.db, now), listLeftProviders(ctx.db, ctx, now)]);
  return [
    ...gates.map((gate) => ({
      installId: gate.installId,
      text: `${gate.installName} ${gate.code === 'rate_limited' ? 'takes no more calls just now' : 'is in trouble'}: ${gate.reason}`,
    })),
    ...left.map(({ installId, name, sessions }) => ({
      installId,
      text: `${name} can’t be used any more, and ${sessions === 1 ? '1 session to come has its' : `${sessions} sessions to come have their`} room there.`,
    })),
  ];
}
