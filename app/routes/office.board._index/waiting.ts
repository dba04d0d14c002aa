/** What waits at the side of the board for a place in it. */
export interface Waiting {
  kind: 'request' | 'engagement';
  id: string;
  studentId: string;
  student: string;
  programId: string;
  program: string;
  subjectId: string;
  subject: string;
  tutorId: string | null;
  tutor: string | null;
  /** `YYYY-MM-DDTHH:mm` as the company's clock shows it. */
  wish: string | null;
  /** The same in words. */
  wishText: string | null;
  minutes: number | null;
  mode: 'online' | 'in_person';
  note: string;
  /** Other times were proposed; the family hasn't answered. */
  proposed: boolean;
  /** How long it waits. */
  since: string;
}

/** The booking form's address with what is known of it and where it was put. */
export function bookingSearch(
  { tutorId, date, start, minutes }: { tutorId: string; date: string; start: string; minutes: number },
  waiting?: Waiting,
): string {
  const params = new URLSearchParams({ tutor: tutorId, start: `${date}T${start}`, minutes: String(minutes) });
  if (waiting) {
    params.set('program', waiting.programId);
    params.set('subject', waiting.subjectId);
    params.set('student', waiting.studentId);
    params.set('mode', waiting.mode);
  }
  return params.toString();
}
