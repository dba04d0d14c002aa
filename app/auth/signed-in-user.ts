import type { Role } from './roles.ts';

/** Who is behind a request. Read afresh for every request, so a change of role or a disabling holds at once. */
export interface SignedInUser {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  /** The tutor this user is, if any. */
  tutorId: string | null;
  /** The clients this user is: their own invoices and credits. */
  clientIds: string[];
  /** A client's children, or the student this user is. */
  studentIds: string[];
  /** Students they care for while somebody else pays: their lessons, and nothing of the payer's. */
  guardedIds: string[];
  timezone: string | null;
  locale: string | null;
  signInSessionId: string;
}

/** Whose lessons somebody's family pages show. */
export interface Family {
  /** Who pays. */
  clientIds: readonly string[];
  /** Their children, the student they are, and whom they care for. */
  studentIds: readonly string[];
  /** Of these the ones they care for alone. */
  guardedIds: readonly string[];
}

export function familyOfUser({ clientIds, studentIds, guardedIds }: Family): Family {
  return { clientIds, studentIds: [...studentIds, ...guardedIds], guardedIds };
}
