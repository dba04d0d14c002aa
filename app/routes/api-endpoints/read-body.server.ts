import { refuse } from './problem.ts';

/** More than the longest close-out, far less than would hurt. */
const MOST_BYTES = 256 * 1024;

/** The text of a JSON body, read no further than it may be long. Throws unsupported_media_type, too_large. */
export async function readBody(request: Request): Promise<string> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) throw refuse(415, 'unsupported_media_type');
  if (Number(request.headers.get('Content-Length') ?? 0) > MOST_BYTES) throw refuse(413, 'too_large');
  if (!request.body) return '';
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw refuse(413, 'too_large');
    }
    parts.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
