import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { releaseMeeting } from '#app/domain/meetings/release-meeting.server.ts';
import { sweepMeetings } from '#app/domain/meetings/sweep-meetings.server.ts';
import type { Job } from '#app/jobs/job-types.ts';
import type { PluginHost } from '#app/plugin-host/types.ts';
import type { TestContext } from './context.ts';

/** A queue of one worker for meetings: jobs are done at their time, as the clock goes by. */
export function meetingWork(base: TestContext, plugins: PluginHost = base.plugins) {
  const waiting: { job: Job; at: Date }[] = [];
  const ctx = {
    ...base,
    plugins,
    enqueue: async (_db: unknown, job: Job, { startAfter = base.clock() }: { startAfter?: Date } = {}) => {
      waiting.push({ job, at: startAfter });
    },
  };

  function due() {
    const now = ctx.clock();
    const taken = waiting.filter(({ at }) => at <= now);
    const left = waiting.filter(({ at }) => at > now);
    waiting.splice(0, waiting.length, ...left);
    return taken;
  }

  return {
    ctx,
    waiting,
    async work(minutes: number): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        await sweepMeetings(ctx);
        for (let second = 0; second < 60; second += 15) {
          ctx.setNow(new Date(ctx.clock().getTime() + 15_000));
          for (const { job } of due()) {
            if (job.name === 'meeting.provision') await provisionMeeting(ctx, job.data);
            if (job.name === 'meeting.release') await releaseMeeting(ctx, job.data);
            if (job.name === 'meeting.sweep') await sweepMeetings(ctx);
          }
        }
      }
    },
  };
}
