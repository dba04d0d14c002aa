import {
  isPluginError,
  type MeetingContext,
  type MeetingHave,
  type Provisioned,
  unlessGone,
  z,
} from '#plugins/contract/index.ts';
import { callGoogle, MEET, read } from './client.ts';
import type { GoogleSettings } from './settings.ts';

const spaceReply = z.object({
  name: z.string().regex(/^spaces\/[^/]+$/),
  meetingUri: z.url({ protocol: /^https$/ }),
});

export const isSpace = (ref: string | null) => ref?.startsWith('spaces/') ?? false;

/** A space knows no time: one that is there stays as it is, whenever the session is. */
export async function provisionSpace(
  ctx: MeetingContext,
  { access }: Pick<GoogleSettings, 'access'>,
  have: MeetingHave,
): Promise<Provisioned> {
  if (have.ref && isSpace(have.ref)) {
    if (have.joinUrl) return { state: 'ready', ref: have.ref, joinUrl: have.joinUrl };
    const found = await unlessGone(callGoogle(ctx, `${MEET}/${have.ref}`));
    if (found) return ready(await read(spaceReply, found));
  }
  const body = { config: { accessType: access, entryPointAccess: 'ALL' } };
  return ready(await read(spaceReply, await callGoogle(ctx, `${MEET}/spaces`, { method: 'POST', body })));
}

const ready = ({ name, meetingUri }: z.output<typeof spaceReply>): Provisioned => ({
  state: 'ready',
  ref: name,
  joinUrl: meetingUri,
});

/** A space can't be deleted; whoever is in it is sent out. */
export async function releaseSpace(ctx: MeetingContext, ref: string): Promise<void> {
  try {
    const answer = await unlessGone(callGoogle(ctx, `${MEET}/${ref}:endActiveConference`, { method: 'POST', body: {} }));
    if (answer) await read(z.object({}), answer);
  } catch (error) {
    // Nobody is in it.
    if (!isPluginError(error) || error.providerCode !== 'FAILED_PRECONDITION') throw error;
  }
}
