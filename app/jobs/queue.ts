import { CompiledQuery, type Kysely } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { DB } from '#db/types.ts';
import type { Enqueue, Job } from './job-types.ts';
import { deadLetterQueue, queues } from './queues.ts';

export interface Queue {
  boss: PgBoss;
  enqueue: Enqueue;
  stop(options?: { timeoutMs?: number }): Promise<void>;
}

export interface QueueOptions {
  url: string;
  log: Logger;
  /** True in a process that works: it watches for lost jobs and fires the schedules. */
  works: boolean;
}

/** pg-boss on the database itself: nothing else to run, and a job belongs to the transaction that made it. */
export async function openQueue({ url, log, works }: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    application_name: 'lectern-jobs',
    max: works ? 4 : 1,
    connectionTimeoutMillis: 5_000,
    supervise: works,
    schedule: works,
    // A worker that died is noticed within this time after its heartbeat has stopped.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue failed'));
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'));
  await boss.start();
  return {
    boss,
    enqueue: (db, job, later) => enqueue(boss, db, job, later),
    stop: async ({ timeoutMs = 0 } = {}) => {
      await boss.stop({ graceful: timeoutMs > 0, timeout: Math.max(timeoutMs, 1_000), close: true });
    },
  };
}

/** Makes the queues and their schedules as `queues.ts` says; safe to repeat. */
export async function prepareQueues(boss: PgBoss): Promise<void> {
  await createOrUpdate(boss, deadLetterQueue, { retryLimit: 0, deleteAfterSeconds: 0, retentionSeconds: 90 * 86_400 });
  for (const [name, plan] of Object.entries(queues)) {
    const { cron, atOnce: _, ...options } = plan;
    await createOrUpdate(boss, name, { ...options, retryBackoff: true, deadLetter: deadLetterQueue });
    if (cron) await boss.schedule(name, cron, {}, { tz: 'UTC' });
  }
}

async function createOrUpdate(boss: PgBoss, name: string, options: Parameters<PgBoss['createQueue']>[1]): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, options ?? {});
  else await boss.createQueue(name, options);
}

async function enqueue(boss: PgBoss, db: Kysely<DB>, job: Job, { startAfter }: { startAfter?: Date } = {}): Promise<void> {
  // Without the plugins: pg-boss knows its columns by the names they have.
  const plain = db.withoutPlugins();
  const executeSql = async (text: string, values: unknown[] = []) => {
    const { rows } = await plain.executeQuery(CompiledQuery.raw(text, values));
    return { rows };
  };
  const id = await boss.send(job.name, job.data, { db: { executeSql }, ...(startAfter ? { startAfter } : {}) });
  if (!id) throw new Error(`The job ${job.name} was not taken by the queue`);
}
