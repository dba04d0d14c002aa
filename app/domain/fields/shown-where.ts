import type { Entity, Seer } from './custom-field.ts';

/** Where the fields of each kind of record can be seen and asked for. Browser-safe. */
interface Places {
  /** Who is shown such a record at all. */
  seers: readonly Seer[];
  /** Of them who has a form to fill it in. */
  editors: readonly Seer[];
  seerNames: Partial<Record<Seer, string>>;
  /** Whether its list takes columns and filters. */
  list: boolean;
  publicForm: string | null;
  mail: string | null;
}

export const placesOf: Record<Entity, Places> = {
  tutor: {
    seers: ['scheduler'],
    editors: ['scheduler'],
    seerNames: {},
    list: true,
    publicForm: 'Can be asked in the application form',
    mail: null,
  },
  client: {
    seers: ['scheduler'],
    editors: ['scheduler'],
    seerNames: {},
    list: true,
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  student: {
    seers: ['scheduler', 'tutor'],
    editors: ['scheduler'],
    seerNames: { tutor: 'Their tutors' },
    list: true,
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  request: {
    seers: ['scheduler'],
    editors: ['scheduler'],
    seerNames: {},
    list: true,
    publicForm: 'Can be asked in the enquiry form',
    mail: null,
  },
  session: {
    seers: ['scheduler', 'tutor', 'family'],
    editors: ['scheduler', 'tutor'],
    seerNames: { tutor: 'Its tutor', family: 'The families' },
    list: false,
    publicForm: null,
    mail: 'Stands in the mails about the session, for those of tutor and family who see it',
  },
};

export const seerName = (entity: Entity, who: Seer) => placesOf[entity].seerNames[who] ?? 'Schedulers';
