import { createHash, randomBytes } from 'node:crypto';

/** A secret that is given out once: 256 random bits, safe in a link and in a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** All that is stored of a token. A random secret of this length needs no slow hash and no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
