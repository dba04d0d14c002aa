import { type AboutType, type Visibility, visibilitiesFor } from '#app/domain/people/about.ts';

/** What their lists are called, and where they are. */
export const PLACES: Record<AboutType, { path: string; many: string; one: string }> = {
  tutor: { path: '/office/tutors', many: 'Tutors', one: 'tutor' },
  client: { path: '/office/clients', many: 'Clients', one: 'client' },
  student: { path: '/office/students', many: 'Students', one: 'student' },
  request: { path: '/office/requests', many: 'Requests', one: 'request' },
};

const shared: Record<AboutType, Partial<Record<Visibility, string>>> = {
  tutor: { tutor: 'The office and this tutor' },
  client: { family: 'The office and this client' },
  student: { tutor: 'The office and the student’s tutors', family: 'The office and the family' },
  request: {},
};

/** With whom something is shared, in words. */
export function visibilityWords(type: AboutType, visibility: Visibility): string {
  if (visibility === 'admins') return 'Owner and administrators';
  return shared[type][visibility] ?? 'The office';
}

/** Of those that make sense, the ones this person may choose. */
export function visibilityChoices(type: AboutType, mayHide: boolean): { value: Visibility; label: string }[] {
  return visibilitiesFor(type)
    .filter((visibility) => mayHide || visibility !== 'admins')
    .map((value) => ({ value, label: visibilityWords(type, value) }));
}
