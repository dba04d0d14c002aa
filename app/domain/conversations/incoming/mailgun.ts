import { z } from 'zod';
import { type Incoming, incomingSchema, isAutomatic } from './incoming-mail.ts';

/** Mailgun's routes (a form) and webhooks (JSON): https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store */

const event = z.object({
  'event-data': z.object({
    event: z.enum(['failed', 'complained']),
    severity: z.string().default('permanent'),
    recipient: z.string(),
    message: z.object({ headers: z.object({ 'message-id': z.string().default('') }).default({ 'message-id': '' }) }).optional(),
    'delivery-status': z.object({ description: z.string().default(''), message: z.string().default('') }).optional(),
  }),
});

/** Undefined where it isn't Mailgun's. */
export function fromMailgun(body: unknown): Incoming | undefined {
  const told = event.safeParse(body);
  if (told.success) {
    const data = told.data['event-data'];
    const status = data['delivery-status'];
    return incomingSchema.parse({
      type: data.event === 'failed' ? 'bounce' : 'complaint',
      mail: data.message?.headers['message-id'] ?? '',
      address: data.recipient,
      kind: data.severity === 'permanent' ? 'hard' : 'soft',
      detail: status?.message || status?.description || '',
    });
  }
  return undefined;
}

const heads = z.array(z.tuple([z.string(), z.string()]));

/** Of a route's form. */
export function fromMailgunForm(form: FormData): Incoming | undefined {
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const from = field('from') ?? field('sender');
  const to = field('recipient');
  if (!from || !to) return undefined;
  const listed = headsOf(field('message-headers'));
  return incomingSchema.parse({
    type: 'message',
    id: field('Message-Id') ?? '',
    from,
    to: [to],
    text: field('body-plain') ?? '',
    automatic: isAutomatic((name) => listed.find(([one]) => one.toLowerCase() === name)?.[1]),
  });
}

function headsOf(text: string | undefined): [string, string][] {
  try {
    return heads.parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
