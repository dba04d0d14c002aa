import { z } from 'zod';
import { type Incoming, incomingSchema } from './incoming-mail.ts';
import { fromMailgun, fromMailgunForm } from './mailgun.ts';
import { fromPostmark } from './postmark.ts';

/** What was handed in, whosever shape it has; undefined where it is none of those. */
export async function readIncoming(contentType: string, body: Uint8Array): Promise<Incoming[] | undefined> {
  try {
    if (/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType)) {
      const form = await new Response(body as BodyInit, { headers: { 'content-type': contentType } }).formData();
      const mail = fromMailgunForm(form);
      return mail && [mail];
    }
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const ours = z.union([z.array(incomingSchema).max(1000), incomingSchema.transform((one) => [one])]).safeParse(json);
    if (ours.success) return ours.data;
    const theirs = fromPostmark(json) ?? fromMailgun(json);
    return theirs && [theirs];
  } catch {
    return undefined;
  }
}
