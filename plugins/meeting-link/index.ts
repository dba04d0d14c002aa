import { definePlugin, type MeetingProvider, type MeetingTutor, PluginError, z } from '#plugins/contract/index.ts';
import { roomUrlProblem } from './room-url.ts';

function missingFor(tutor: MeetingTutor): string | undefined {
  if (!tutor.personalRoomUrl) return `${tutor.name} has no room of their own yet. Add its link on the tutor's page.`;
  const problem = roomUrlProblem(tutor.personalRoomUrl);
  return problem && `${tutor.name}'s room can't be used: ${problem}`;
}

function roomOf(tutor: MeetingTutor): string {
  const missing = missingFor(tutor);
  if (missing) throw new PluginError('config_invalid', missing);
  return new URL((tutor.personalRoomUrl ?? '').trim()).href;
}

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-link',
  apiVersion: 1,
  version: '1.0.0',
  name: "Tutor's own room",
  description:
    "Each tutor has a fixed room somewhere (a personal Zoom, Meet or Whereby link); its address is on the tutor's page, and Join leads there. Nothing is created and no account is connected. A changed address counts from the next click.",
  config: z.object({}),
  configVersion: 1,
  capabilities: {
    provisioning: 'static',
    create: 'not_needed',
    links: 'shared',
    attendance: 'none',
    auth: 'per_tutor',
    instant: true,
    recording: false,
    maxParticipants: null,
  },
  hosts: [],
  create: (): MeetingProvider => ({
    missingFor,

    async provision(_ctx, want) {
      return {
        state: 'ready',
        ref: `tutor:${want.tutor.id}`,
        joinUrl: roomOf(want.tutor),
      };
    },

    // The room is the tutor's and outlives the session.
    async release() {},

    // Asked at the click, so that a tutor who moved to another room an hour ago is found there.
    async joinUrl(_ctx, _have, _who, window) {
      return roomOf(window.tutor);
    },
  }),
});
