import type { AppContext } from '#app/context.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { releaseMeeting } from '#app/domain/meetings/release-meeting.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import type { JobData, JobName } from './job-types.ts';

/**
 * Does one job. It can come twice (a worker died after its work and before saying so), so a handler looks first
 * whether the thing is done. `signal` ends when the job has run out of time or the process stops.
 */
export type JobHandler<N extends JobName> = (
  context: AppContext,
  data: JobData<N>,
  options: { signal: AbortSignal; jobId: string },
) => Promise<void>;

/** One line per job, each naming the use case that does it. */
export const handlers: { [N in JobName]?: JobHandler<N> } = {
  'mail.send': sendMail,
  'meeting.provision': provisionMeeting,
  'meeting.release': releaseMeeting,
};
