import { z } from 'zod';
import type { ToServer } from '#app/domain/classroom/protocol.ts';

const key = z.string().min(1).max(100);

const message = z.discriminatedUnion('t', [
  z.object({ t: z.literal('signal'), to: key, data: z.looseObject({ call: z.string().max(100) }) }),
  z.object({ t: z.literal('chat'), id: z.guid(), body: z.string(), fileId: z.guid().nullable() }),
  z.object({
    t: z.literal('media'),
    media: z.object({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() }),
  }),
  z.object({ t: z.literal('admit'), key, yes: z.boolean() }),
  z.object({ t: z.literal('remove'), key }),
  z.object({ t: z.literal('end') }),
  z.object({ t: z.literal('ping') }),
]);

/** What a browser said; undefined for what is no message of the protocol. */
export function readMessage(text: string): ToServer | undefined {
  try {
    return message.parse(JSON.parse(text)) as ToServer;
  } catch {
    return undefined;
  }
}
