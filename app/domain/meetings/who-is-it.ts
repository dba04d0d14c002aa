/** Somebody who belongs to a session. */
export interface Expected {
  userId: string | null;
  /** The place they come to; null for the tutor, and for a payer of several. */
  attendanceId: string | null;
  names: readonly string[];
  emails: readonly string[];
}

/** Somebody in a room, as a provider knows them. */
export interface Seen {
  /** What a provider hands back of what it was given: a user's id, or a guest's place. */
  userId: string | null;
  name: string;
  email: string | null;
}

/**
 * Whom a provider saw: by what it was told, else by the address, else by the name, each only where exactly one person fits.
 * Undefined where it is not known: evidence that names the wrong one is worse than none.
 */
export function whoIsIt(expected: readonly Expected[], seen: Seen): Expected | undefined {
  const one = (fits: (person: Expected) => boolean) => {
    const found = expected.filter(fits);
    return found.length === 1 ? found[0] : undefined;
  };
  const { userId } = seen;
  if (userId) {
    const told = one((person) => person.userId === userId) ?? one((person) => person.attendanceId === userId && !person.userId);
    if (told) return told;
  }
  const email = seen.email?.trim().toLowerCase();
  const byEmail = email ? one((person) => person.emails.some((known) => known.trim().toLowerCase() === email)) : undefined;
  if (byEmail) return byEmail;
  const name = plain(seen.name);
  return name === '' ? undefined : one((person) => person.names.some((known) => plain(known) === name));
}

/** Names as people type them on the way in: without their accents, cases and extra spaces. */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
