import type { RequestHandler } from 'express';
import { sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { listClosedGates } from '#app/domain/meetings/provider-gate.server.ts';
import { deadLetterQueue } from '#app/jobs/queues.ts';
import { operation } from '#config/defaults.ts';
import { pendingMigrations } from '#db/migrate.ts';

interface Readiness {
  ready: boolean;
  checks: Record<string, { ok: boolean; note?: string }>;
}

/** The process lives; that is all it says, and it touches nothing to say it. */
export const healthz: RequestHandler = (_req, res) => {
  res.type('text/plain').set('Cache-Control', 'no-store').send('ok\n');
};

/** Whether this process can do its work now. Asked often by machines, so the answer is kept for a moment. */
export function readyz(context: AppContext, isStopping: () => boolean): RequestHandler {
  let kept: { at: number; answer: Promise<Readiness> } | undefined;
  return async (_req, res) => {
    if (!kept || Date.now() - kept.at > operation.readyCacheMs) kept = { at: Date.now(), answer: check(context) };
    const { ready, checks } = await kept.answer;
    const up = ready && !isStopping();
    res.status(up ? 200 : 503).set('Cache-Control', 'no-store');
    res.json({ ready: up, ...(isStopping() ? { stopping: true } : {}), checks });
  };
}

async function check(context: AppContext): Promise<Readiness> {
  const [database, migrations, queue, plugins] = await Promise.all([
    ask(async () => {
      await sql`select 1`.execute(context.db);
      return undefined;
    }),
    ask(async () => {
      const pending = await pendingMigrations(context.db);
      if (pending.length > 0) throw new Error(`${pending.length} not run`);
      return undefined;
    }),
    ask(async () => {
      const { rows } = await sql<{ failed: bigint }>`
        select count(*) as failed from pgboss.job where name = ${deadLetterQueue} and state in ('created', 'retry')
      `.execute(context.db);
      const failed = Number(rows[0]?.failed ?? 0);
      return failed > 0 ? `${failed} jobs have failed for good` : undefined;
    }),
    ask(async () => {
      const { degraded } = await context.plugins.readiness(context.db);
      const troubled = await listClosedGates(context.db, context.clock());
      const notes = [
        ...(degraded.length > 0 ? [`degraded: ${degraded.map((install) => install.name).join(', ')}`] : []),
        ...(troubled.length > 0 ? [`left alone for a while: ${troubled.map((gate) => gate.installName).join(', ')}`] : []),
      ];
      return notes.length > 0 ? notes.join('; ') : undefined;
    }),
  ]);
  // A degraded plugin stops what it does, not the rest: it is named, and the process stays ready.
  return { ready: database.ok && migrations.ok && queue.ok, checks: { database, migrations, queue, plugins } };
}

/** What failed is in the log of the failure itself; whoever asks from outside learns only that it did. */
async function ask(question: () => Promise<string | undefined>): Promise<{ ok: boolean; note?: string }> {
  try {
    const note = await question();
    return note ? { ok: true, note } : { ok: true };
  } catch {
    return { ok: false };
  }
}
