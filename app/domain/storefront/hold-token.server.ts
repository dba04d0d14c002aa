import { createHash } from 'node:crypto';
import { hashToken } from '#app/auth/token.server.ts';

/**
 * The id of what the guest's confirmation makes, whichever way it goes: sending it twice makes it once. The token travels in
 * the address and in the form, never in a cookie: a page within another page may have none. Only its hash is stored.
 */
export function bookingIdOf(token: string): string {
  const hex = createHash('sha256')
    .update(`booking ${hashToken(token)}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
