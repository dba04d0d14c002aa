import { createHmac } from 'node:crypto';

/** What stands in a field of several addresses. */
export function addressesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/**
 * A password for one person at a TURN server, good until then: the user name says until when, and is signed with the secret
 * that the server has too ("REST API for access to TURN services", as coturn has it).
 */
export function turnPassword(secret: string, userId: string, until: Date): { username: string; credential: string } {
  const username = `${Math.ceil(until.getTime() / 1_000)}:${userId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
