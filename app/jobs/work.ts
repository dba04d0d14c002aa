import type { AppContext } from '#app/context.ts';
import { handlers, type JobHandler } from './handlers.ts';
import type { JobData, JobName } from './job-types.ts';
import type { Queue } from './queue.ts';
import { queues } from './queues.ts';

/** Takes jobs from the queue until it is stopped. */
export async function startWork(context: AppContext, queue: Queue): Promise<void> {
  for (const name of Object.keys(handlers) as JobName[]) await workOn(context, queue, name);
}

async function workOn<N extends JobName>(context: AppContext, queue: Queue, name: N): Promise<void> {
  const handle = handlers[name] as JobHandler<N> | undefined;
  if (!handle) return;
  const { concurrency } = queues[name];
  await queue.boss.work<JobData<N>>(name, { localConcurrency: concurrency, pollingIntervalSeconds: 1 }, async ([job]) => {
    if (!job) return;
    const log = context.log.child({ job: name, jobId: job.id, attempt: job.retryCount + 1 });
    try {
      await handle({ ...context, log }, job.data, { signal: job.signal, jobId: job.id });
      log.info('job done');
    } catch (error) {
      log.error({ err: error }, 'job failed');
      throw error;
    }
  });
}
