import { secret, z } from '#plugins/contract/index.ts';

const text = (title: string, description: string) => z.string().trim().max(200).optional().meta({ title, description });

const fields = z.object({
  account: z
    .enum(['company', 'tutors', 'either'])
    .default('company')
    .meta({
      title: 'Whose Zoom account',
      description: 'With the company’s, each tutor is a user of it, found by the e-mail address on the tutor’s page.',
      options: {
        company: 'The company’s',
        tutors: 'Each tutor’s own, connected by the tutor',
        either: 'The tutor’s own where one is connected, else the company’s',
      },
    }),
  accountId: text('Account ID', 'For the company’s account: your Server-to-Server OAuth app, App Credentials.'),
  clientId: text('Client ID', 'For the company’s account: beside the account ID.'),
  clientSecret: secret('Client secret', 'For the company’s account: beside the account ID.').optional(),
  tutorClientId: text('Client ID for tutors', 'For tutors’ own accounts: your General app, App Credentials.'),
  tutorClientSecret: secret('Client secret for tutors', 'For tutors’ own accounts: beside that client ID.').optional(),
  webhookSecret: secret(
    'Secret token of the event subscription',
    'Feature, Access, Secret Token. Without it Zoom can’t tell who came and when.',
  ).optional(),
  entry: z
    .enum(['waiting_room', 'with_host', 'before_host'])
    .default('waiting_room')
    .meta({
      title: 'How students get in',
      options: {
        waiting_room: 'They wait until the tutor lets them in',
        with_host: 'As soon as the tutor is there',
        before_host: 'From ten minutes before the start, without the tutor too',
      },
    }),
});

const needed = {
  company: { accountId: 'Account ID', clientId: 'Client ID', clientSecret: 'Client secret' },
  tutors: { tutorClientId: 'Client ID for tutors', tutorClientSecret: 'Client secret for tutors' },
} as const;

/** The settings: which of them are needed depends on whose account it runs on. */
export const config = fields.superRefine((settings, issues) => {
  const names = {
    ...(settings.account !== 'tutors' ? needed.company : {}),
    ...(settings.account !== 'company' ? needed.tutors : {}),
  };
  for (const [name, label] of Object.entries(names)) {
    if (settings[name as keyof typeof settings]) continue;
    issues.addIssue({ code: 'custom', path: [name], message: `${label} is needed.` });
  }
});

export type ZoomSettings = z.output<typeof config>;
