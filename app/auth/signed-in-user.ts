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
  timezone: string | null;
  locale: string | null;
  signInSessionId: string;
}
