import type { AppLoadContext } from '@remix-run/node';
import { listSessionsAt } from '#app/domain/meetings/meeting-list-queries.server.ts';
import { listClosedGates } from '#app/domain/meetings/provider-gate.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { InstallView } from '#app/plugin-host/types.ts';
import { readerOf, timeText } from '#app/ui/session-when.ts';

export interface Health {
  /** In sentences; null: it is well. */
  trouble: string | null;
  /** Sessions to come, of one that can't be used. */
  sessionsLeft: number;
}

/** How a meeting provider is; null for other plugins. */
export async function loadProviderHealth(context: AppLoadContext, install: InstallView): Promise<Health | null> {
  if (install.kind !== 'meeting') return null;
  const now = context.clock();
  const sessionsLeft = install.usable ? 0 : (await listSessionsAt(context.db, install.id, now)).length;
  const [gate] = await listClosedGates(context.db, now, install.id);
  if (!gate) return { trouble: null, sessionsLeft };
  const organisation = await getOrganisation(context.db);
  const until = timeText(readerOf({ timezone: null, locale: null }, organisation, now), gate.until);
  return { trouble: `${gate.reason} Nobody calls it until ${until}; then it is tried again by itself.`, sessionsLeft };
}
