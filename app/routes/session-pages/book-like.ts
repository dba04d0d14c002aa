interface Like {
  tutorId: string;
  programId: string;
  subjectId: string;
  minutes: number;
  mode: string;
  location: string;
  studentIds: readonly string[];
}

/** The way to the booking form, filled like a session there is; with `replaces` the new one takes the place of that one. */
export function bookLike(like: Like, { date, replaces }: { date?: string; replaces?: string } = {}): string {
  const params = new URLSearchParams([
    ['program', like.programId],
    ['subject', like.subjectId],
    ['tutor', like.tutorId],
    ...like.studentIds.map((id) => ['student', id]),
    ['minutes', String(like.minutes)],
    ['mode', like.mode],
    ...(like.location ? [['location', like.location]] : []),
    ...(date ? [['start', date]] : []),
    ...(replaces ? [['replaces', replaces]] : []),
  ]);
  return `/office/sessions/new?${params}`;
}
