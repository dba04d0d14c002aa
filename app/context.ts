/** Types only, so that everything may import it. The values are made by `app/server/compose.ts`. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Enqueue } from '#app/jobs/job-types.ts';
import type { PluginHost } from '#app/plugin-host/types.ts';
import type { Config } from '#config/env.ts';
import type { DB } from '#db/types.ts';

/** Who does it, for the audit log. */
export interface Actor {
  userId: string | null;
  kind: 'user' | 'system' | 'import' | 'guest' | 'api';
  /** Of kind 'api': the key it came with. */
  apiKeyId?: string;
  requestId?: string;
  /** When it was done, for the made-up past of the demo; else the database's clock says. */
  at?: Date;
}

export type Clock = () => Date;

export interface AppContext {
  db: Kysely<DB>;
  config: Config;
  clock: Clock;
  plugins: PluginHost;
  enqueue: Enqueue;
  log: Logger;
}

/** What a use case of the domain gets beside `db`. */
export type DomainContext = Pick<AppContext, 'clock' | 'plugins' | 'enqueue' | 'config'> & {
  /** Of an import: the sessions, in their order, whose settlement waits until everything is read; true: new, nothing is posted. */
  settleLater?: Map<string, boolean>;
};

export interface RequestContext extends AppContext {
  requestId: string;
  cspNonce: string;
  clientIp: string;
}

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
  interface Future {
    v3_singleFetch: true;
  }
}
