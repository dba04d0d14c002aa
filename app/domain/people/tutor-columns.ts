import type { TutorEdit } from './tutor.schema.ts';

type Facts = Omit<TutorEdit, 'id' | 'version' | 'subjects' | 'tags'>;

/** What a tutor's form says as the columns of the table say it. */
export function tutorColumns({ modes, coordinates, ...facts }: Facts) {
  return {
    ...facts,
    schedulingOverrides: JSON.stringify(facts.schedulingOverrides),
    teachesOnline: modes.includes('online'),
    teachesInPerson: modes.includes('in_person'),
    homeLatitude: coordinates ? String(coordinates.latitude) : null,
    homeLongitude: coordinates ? String(coordinates.longitude) : null,
  };
}
