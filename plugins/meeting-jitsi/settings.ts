import { secret, z } from '#plugins/contract/index.ts';
import { keyProblem } from './token.ts';

const text = (title: string, description: string) => z.string().trim().max(200).optional().meta({ title, description });

const fields = z.object({
  baseUrl: z
    .url({
      protocol: /^https$/,
      hostname: z.regexes.domain,
      error: 'Enter an address that starts with https://, like https://meet.example.com.',
    })
    .default('https://meet.jit.si')
    .meta({
      title: 'Jitsi server',
      description: 'Your own server, or the public one. Rooms that exist already keep their address. Not asked for with 8x8.',
    }),
  entry: z
    .enum(['open', 'secret', 'jaas'])
    .default('open')
    .meta({
      title: 'Who is let in',
      description: 'With a token everybody gets a link of their own at the click, and the tutor is the moderator.',
      options: {
        open: 'Whoever has the link',
        secret: 'Only with a token, by the app secret of your own server',
        jaas: 'Only with a token, at 8x8 Jitsi as a Service',
      },
    }),
  appId: text('App ID', 'Your server’s JWT app_id; at 8x8 it begins with vpaas-magic-cookie-.'),
  appSecret: secret('App secret', 'Your server’s JWT app_secret.').optional(),
  keyId: text('Key ID', 'At 8x8: API Keys, the ID of the key (kid).'),
  privateKey: secret('Private key', 'At 8x8: the file that you keep when a key is made, whole, from BEGIN to END.').optional(),
});

/** The settings: what is needed depends on who is let in. */
export const config = fields.superRefine((settings, issues) => {
  const need = (name: keyof typeof settings, label: string) => {
    if (!settings[name]) issues.addIssue({ code: 'custom', path: [name], message: `${label} is needed.` });
  };
  if (settings.entry === 'open') return;
  need('appId', 'App ID');
  if (settings.entry === 'secret') return need('appSecret', 'App secret');
  need('keyId', 'Key ID');
  need('privateKey', 'Private key');
  const problem = settings.privateKey && keyProblem(settings.privateKey);
  if (problem) issues.addIssue({ code: 'custom', path: ['privateKey'], message: problem });
});

export type JitsiSettings = z.output<typeof config>;
