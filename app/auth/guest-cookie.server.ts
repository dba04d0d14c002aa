/** What a guest's browser keeps of the link it came by: for the room, which is at another address than the link. */
export interface GuestCookie {
  token: string;
  /** As the guest wants to be called; empty: as the place is. */
  name: string;
}

interface Place {
  /** APP_ORIGIN. */
  origin: string;
}

/** A day: the link itself ends with its session. */
const MAX_AGE_SECONDS = 24 * 60 * 60;

export const MOST_NAME_LENGTH = 60;

const isSecure = (place: Place) => place.origin.startsWith('https://');

const cookieName = (place: Place) => (isSecure(place) ? '__Host-lectern-guest' : 'lectern-guest');

export function readGuestCookie(place: Place, header: string | null | undefined): GuestCookie | undefined {
  const start = `${cookieName(place)}=`;
  const part = header
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(start));
  const found = /^([\w-]{43})\.([\w-]{0,400})$/.exec(part?.slice(start.length) ?? '');
  if (!found?.[1]) return undefined;
  return { token: found[1], name: guestName(Buffer.from(found[2] ?? '', 'base64url').toString('utf8')) };
}

/** The Set-Cookie of a guest who goes in. */
export function writeGuestCookie(place: Place, { token, name }: GuestCookie): string {
  const value = `${token}.${Buffer.from(guestName(name), 'utf8').toString('base64url')}`;
  const parts = [`${cookieName(place)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${MAX_AGE_SECONDS}`];
  if (isSecure(place)) parts.push('Secure');
  return parts.join('; ');
}

/** One line of a length that fits where names stand. */
export function guestName(typed: string): string {
  const line = typed.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
  return [...line].slice(0, MOST_NAME_LENGTH).join('').trim();
}
