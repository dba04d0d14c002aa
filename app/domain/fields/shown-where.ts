import type { Entity, Seer } from './custom-field.ts';

/** Where the fields of each kind of record can be seen and asked for. Browser-safe. */
interface Places {
  /** Who is shown such a record at all. */
  seers: readonly Seer[];
  seerNames: Partial<Record<Seer, string>>;
  publicForm: string | null;
  mail: string | null;
}

export const placesOf: Record<Entity, Places> = {
  tutor: {
    seers: ['scheduler', 'tutor'],
    seerNames: { tutor: 'The tutor' },
    publicForm: 'Can be asked in the application form',
    mail: null,
  },
  client: {
    seers: ['scheduler', 'family'],
    seerNames: { family: 'The client' },
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  student: {
    seers: ['scheduler', 'tutor', 'family'],
    seerNames: { tutor: 'Their tutors', family: 'The family' },
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  request: {
    seers: ['scheduler', 'tutor'],
    seerNames: { tutor: 'A tutor it is offered to' },
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  session: {
    seers: ['scheduler', 'tutor', 'family'],
    seerNames: { tutor: 'Its tutor', family: 'The families' },
    publicForm: null,
    mail: 'Stands in the mails about the session, for those of tutor and family who see it',
  },
};

export const seerName = (entity: Entity, who: Seer) => placesOf[entity].seerNames[who] ?? 'Schedulers';
