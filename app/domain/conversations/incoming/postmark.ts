import { z } from 'zod';
import { type Incoming, incomingSchema, isAutomatic } from './incoming-mail.ts';

/** Postmark's inbound mails, bounces and complaints: https://postmarkapp.com/developer/webhooks/webhooks-overview */

const head = z.object({ Name: z.string(), Value: z.string() });

const inbound = z.object({
  MessageID: z.string(),
  From: z.string(),
  OriginalRecipient: z.string().default(''),
  To: z.string().default(''),
  TextBody: z.string().default(''),
  Headers: z.array(head).default([]),
});

const event = z.object({
  RecordType: z.enum(['Bounce', 'SpamComplaint']),
  Type: z.string().default(''),
  Email: z.string(),
  MessageID: z.string().default(''),
  Description: z.string().default(''),
  Details: z.string().default(''),
  Metadata: z.record(z.string(), z.string()).default({}),
});

const HARD = /^(HardBounce|BadEmailAddress|ManuallyDeactivated|AddressChange)$/;

/** Undefined where it isn't Postmark's. */
export function fromPostmark(body: unknown): Incoming | undefined {
  const told = event.safeParse(body);
  if (told.success) {
    const { RecordType, Type, Email, Description, Details } = told.data;
    return incomingSchema.parse({
      type: RecordType === 'Bounce' ? 'bounce' : 'complaint',
      address: Email,
      kind: HARD.test(Type) ? 'hard' : 'soft',
      detail: Details || Description,
    });
  }
  const mail = inbound.safeParse(body);
  if (!mail.success) return undefined;
  const { MessageID, From, OriginalRecipient, To, TextBody, Headers } = mail.data;
  const heads = (name: string) => Headers.find((one) => one.Name.toLowerCase() === name)?.Value;
  return incomingSchema.parse({
    type: 'message',
    id: heads('message-id') ?? MessageID,
    from: From,
    to: [OriginalRecipient, ...To.split(',')].filter(Boolean),
    text: TextBody,
    automatic: isAutomatic(heads),
  });
}
