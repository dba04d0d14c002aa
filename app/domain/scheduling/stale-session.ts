/** A session's facts that a change meanwhile is told by. */
export interface SessionFacts {
  startsAt: Date;
  durationMinutes: number;
  tutorId: string;
  tutorName: string;
}

/** The details of a `conflict`: what was read, as far as the log tells, and what is now. */
export interface StaleSession {
  read: SessionFacts & { version: number };
  now: SessionFacts & { version: number };
}
