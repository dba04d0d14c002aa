import { definePlugin, type MeetingProvider, z } from '#plugins/contract/index.ts';

export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-in-person',
  apiVersion: 1,
  version: '1.0.0',
  name: 'In person',
  description:
    "The session takes place somewhere: at the family's home, in a school, in one of your rooms. There is no link to join; the place stands on the session, in the mails and in the calendar.",
  config: z.object({}),
  configVersion: 1,
  capabilities: {
    provisioning: 'static',
    create: 'not_needed',
    links: 'none',
    attendance: 'none',
    auth: 'none',
    instant: true,
    recording: false,
    maxParticipants: null,
  },
  hosts: [],
  create: (): MeetingProvider => ({
    async provision(_ctx, want) {
      return {
        state: 'ready',
        ref: want.place?.trim() ? `place:${want.place.trim()}` : 'place',
      };
    },
    async release() {},
    async joinUrl() {
      return undefined;
    },
  }),
});
