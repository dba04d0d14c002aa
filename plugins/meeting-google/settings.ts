import { secret, z } from '#plugins/contract/index.ts';

export const config = z.object({
  clientId: z
    .string()
    .trim()
    .min(1, 'Client ID is needed.')
    .max(300)
    .meta({ title: 'Client ID', description: 'Google Cloud console, APIs & Services, Credentials, your OAuth client.' }),
  clientSecret: secret('Client secret', 'Beside the client ID.'),
  room: z
    .enum(['event', 'space'])
    .default('event')
    .meta({
      title: 'How a room is made',
      description:
        'With a calendar entry the tutor sees the session in Google Calendar too. A plain room asks for less of the account; should Google’s answer get lost, an unused room stays behind there.',
      options: {
        event: 'With an entry in the tutor’s Google Calendar',
        space: 'A plain room, nothing in the calendar',
      },
    }),
  access: z
    .enum(['OPEN', 'TRUSTED', 'RESTRICTED'])
    .default('OPEN')
    .meta({
      title: 'Who gets into a plain room without knocking',
      description: 'Of a room with a calendar entry the account’s own settings at Google decide.',
      options: {
        OPEN: 'Everybody who has the link',
        TRUSTED: 'People of the tutor’s organisation',
        RESTRICTED: 'Nobody but the tutor',
      },
    }),
});

export type GoogleSettings = z.output<typeof config>;
