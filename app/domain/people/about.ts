/** Whom or what a note, a file or a tag hangs on: just one. */
export type About = { tutorId: string } | { clientId: string } | { studentId: string } | { requestId: string };

export type AboutType = 'tutor' | 'client' | 'student' | 'request';

export const ABOUT_TYPES = ['tutor', 'client', 'student', 'request'] as const satisfies AboutType[];

/** Who sees it: owner and admin, the whole office, the tutors it concerns beside the office, the family beside the office. */
export const VISIBILITIES = ['admins', 'office', 'tutor', 'family'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

interface AboutColumns {
  tutorId: string | null;
  clientId: string | null;
  studentId: string | null;
  requestId: string | null;
}

export function aboutOf(type: AboutType, id: string): About {
  return { [`${type}Id`]: id } as About;
}

export function aboutTypeOf(about: About): { type: AboutType; id: string } {
  for (const type of ABOUT_TYPES) {
    const id = (about as Partial<AboutColumns>)[`${type}Id`];
    if (id) return { type, id };
  }
  throw new TypeError('about nothing');
}

/** Of a stored row. */
export function aboutOfRow(row: AboutColumns): About {
  for (const type of ABOUT_TYPES) {
    const id = row[`${type}Id`];
    if (id !== null) return aboutOf(type, id);
  }
  throw new TypeError('about nothing');
}

/** Which visibilities make sense: a tutor has no family, a client no tutor, and a request is the office's alone. */
export function visibilitiesFor(type: AboutType): Visibility[] {
  const shared: Record<AboutType, Visibility[]> = {
    tutor: ['tutor'],
    client: ['family'],
    student: ['tutor', 'family'],
    request: [],
  };
  return ['office', 'admins', ...shared[type]];
}
