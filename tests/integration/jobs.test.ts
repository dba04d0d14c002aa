import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { handlers } from '#app/jobs/handlers.ts';
import { openQueue, prepareQueues, type Queue } from '#app/jobs/queue.ts';
import { deadLetterQueue } from '#app/jobs/queues.ts';
import { startWork } from '#app/jobs/work.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const database = await testDatabase();
const { db } = database;
const context = testContext(db);
const log = pino({ level: 'silent' });
const original = { ...handlers };
const open: Queue[] = [];

async function queueFor({ works }: { works: boolean }): Promise<Queue> {
  const queue = await openQueue({ url: database.url, log, works });
  await prepareQueues(queue.boss);
  open.push(queue);
  return queue;
}

async function waiting(name: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) from pgboss.job where name = ${name} and state in ('created', 'retry')`.execute(db);
  return Number(rows[0]?.count);
}

/** Ends when the given thing has come about; a job has no other way to tell. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(done, { timeout: 15_000, interval: 20 }).toBe(true);
}

afterEach(async () => {
  for (const queue of open.splice(0)) await queue.stop();
  await sql`delete from pgboss.job`.execute(db);
  Object.assign(handlers, original);
});

it('a job exists if the transaction that made it commits, and only then', async () => {
  const queue = await queueFor({ works: false });
  const failing = db.transaction().execute(async (trx) => {
    await queue.enqueue(trx, { name: 'meeting.provision', data: { sessionId: 'never' } });
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await waiting('meeting.provision')).toBe(0);

  await db.transaction().execute((trx) => queue.enqueue(trx, { name: 'meeting.provision', data: { sessionId: 'once' } }));
  expect(await waiting('meeting.provision')).toBe(1);
});

it('a worker does what is enqueued, each job once', async () => {
  const done: string[] = [];
  handlers['meeting.provision'] = async (_context, { sessionId }) => {
    done.push(sessionId);
  };
  const queue = await queueFor({ works: true });
  await startWork(context, queue);
  const ids = Array.from({ length: 12 }, (_, index) => `session ${index}`);
  for (const sessionId of ids) await queue.enqueue(db, { name: 'meeting.provision', data: { sessionId } });
  await until(() => done.length >= ids.length);
  await until(async () => (await waiting('meeting.provision')) === 0);
  expect(done.sort()).toEqual(ids.sort());
});

it('a job that fails waits for its next try, and its neighbours are done', async () => {
  const done: string[] = [];
  handlers['meeting.provision'] = async (_context, { sessionId }) => {
    if (sessionId === 'bad') throw new Error('the provider said no');
    done.push(sessionId);
  };
  const queue = await queueFor({ works: true });
  for (const sessionId of ['good', 'bad', 'also good'])
    await queue.enqueue(db, { name: 'meeting.provision', data: { sessionId } });
  await startWork(context, queue);
  await until(async () => done.length === 2 && (await waiting('meeting.provision')) === 1);
  const { rows } = await sql<{ output: { message: string }; again: boolean }>`
    select output, start_after > now() as again from pgboss.job where name = 'meeting.provision' and state = 'retry'`.execute(db);
  expect(rows).toEqual([{ output: { message: 'the provider said no' }, again: true }]);
});

it('a job whose tries are used up lies in the dead letters, with what it was about', async () => {
  handlers['meeting.provision'] = async () => {
    throw new Error('no such room');
  };
  const queue = await queueFor({ works: true });
  await queue.boss.send('meeting.provision', { sessionId: 'lost' }, { retryLimit: 0, deadLetter: deadLetterQueue });
  await startWork(context, queue);
  await until(async () => (await waiting(deadLetterQueue)) === 1);
  const { rows } = await sql<{ data: unknown }>`select data from pgboss.job where name = ${deadLetterQueue}`.execute(db);
  expect(rows).toEqual([{ data: { sessionId: 'lost' } }]);
});

it('every queue has a heartbeat, so that the job of a killed worker is found', async () => {
  await queueFor({ works: false });
  const { rows } = await sql<{ name: string }>`
    select name from pgboss.queue where heartbeat_seconds is null and name not like '\\_\\_pgboss%'`.execute(db);
  expect(rows.map((row) => row.name)).toEqual([deadLetterQueue]);
});

it('stopping waits for the job under way', async () => {
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  handlers['meeting.provision'] = async () => {
    begun.resolve();
    await mayEnd.promise;
  };
  const queue = await queueFor({ works: true });
  await startWork(context, queue);
  await queue.enqueue(db, { name: 'meeting.provision', data: { sessionId: 'slow' } });
  await begun.promise;
  const stopped = queue.stop({ timeoutMs: 10_000 });
  open.splice(0);
  mayEnd.resolve();
  await stopped;
  const { rows } = await sql<{ state: string }>`select state from pgboss.job where name = 'meeting.provision'`.execute(db);
  expect(rows).toEqual([{ state: 'completed' }]);
});
