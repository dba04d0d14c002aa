import type { Job } from 'pg-boss';
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
  const handle = handlers[name] as JobHandler<N>;
  const options = {
    batchSize: queues[name].atOnce,
    // Each job of a batch ends for itself: one that fails takes no other with it.
    perJobResults: true,
    // Looks every half second, and at once again while there is plenty.
    pollingIntervalSeconds: 0.5,
    burstWhenBatchFull: true,
  } as const;
  await queue.boss.work<JobData<N>, unknown, typeof options>(name, options, async (jobs) =>
    Promise.all(jobs.map((job) => doJob(context, name, handle, job))),
  );
}

async function doJob<N extends JobName>(context: AppContext, name: N, handle: JobHandler<N>, job: Job<JobData<N>>) {
  const log = context.log.child({ job: name, jobId: job.id, attempt: job.retryCount + 1 });
  try {
    await handle({ ...context, log }, job.data, { signal: job.signal, jobId: job.id });
    log.info('job done');
    return { id: job.id, status: 'completed' as const };
  } catch (error) {
    log.error({ err: error }, 'job failed');
    return { id: job.id, status: 'failed' as const, output: { message: error instanceof Error ? error.message : String(error) } };
  }
}
