/** A sign-in ends after this, however busy it is. */
export const ABSOLUTE_DAYS = 30;

interface Place {
  /** APP_ORIGIN. */
  origin: string;
}

/** `__Host-` binds the cookie to this host and to https; browsers refuse such a name where the origin is http. */
export function cookieName(place: Place): string {
  return isSecure(place) ? '__Host-lectern' : 'lectern';
}

export function readCookie(place: Place, header: string | null): string | undefined {
  const name = cookieName(place);
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at === -1 || part.slice(0, at).trim() !== name) continue;
    const value = part.slice(at + 1).trim();
    // Our tokens are base64url: anything else was never ours.
    return /^[\w-]{20,100}$/.test(value) ? value : undefined;
  }
  return undefined;
}

/** The Set-Cookie that signs in. The end in the browser is no promise: the server decides each time. */
export function writeCookie(place: Place, token: string): string {
  return serialize(place, token, ABSOLUTE_DAYS * 24 * 60 * 60);
}

/** The Set-Cookie that signs out. */
export function blankCookie(place: Place): string {
  return serialize(place, '', 0);
}

function isSecure(place: Place): boolean {
  return place.origin.startsWith('https://');
}

function serialize(place: Place, value: string, maxAge: number): string {
  const parts = [`${cookieName(place)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAge}`];
  if (isSecure(place)) parts.push('Secure');
  return parts.join('; ');
}
