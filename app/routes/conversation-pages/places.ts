/** From where somebody reads messages: their own part of the pages. */
export type Place = 'tutor' | 'family' | 'office';

export const listOf = (place: Place) => `/${place}/messages`;

/** Where a family writes to the tutor of a session. */
export const writeToOf = (tutorId: string, studentId: string | undefined) =>
  `/family/messages/new?${new URLSearchParams({ tutor: tutorId, ...(studentId ? { student: studentId } : {}) })}`;
