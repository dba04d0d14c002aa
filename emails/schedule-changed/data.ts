import { z } from 'zod';
import { publishedCalendar, sessionUid } from '../calendar-file.ts';
import { address, envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan, shortWhen, zoneName, zonesDiffer } from '../format.ts';

/** Several changes at once, told in one mail. What there is more of than it can hold is counted, and the link shows it. */

/** So many entries the attached file holds; the rest is on the page. */
export const MOST_ENTRIES = 100;
const MOST_LINES = 30;

const KINDS = ['cancelled', 'moved', 'tutor_changed', 'people', 'booked'] as const;
export type ScheduleChangeKind = (typeof KINDS)[number];

export const schema = z.object({
  ...envelope,
  audience: z.enum(['tutor', 'client', 'student']),
  organiser: z.object({ name: line(), address }),
  changes: z
    .array(
      z.object({
        kind: z.enum(KINDS),
        id: line(64),
        version: z.int().nonnegative(),
        lesson: line(),
        startsAt: instant,
        endsAt: instant,
        before: z.object({ startsAt: instant, endsAt: instant }).nullable(),
        tutor: line(),
        /** Only those the reader may know of. */
        students: z.array(line()).max(100),
        where: line(500).nullable(),
        note: line(1000),
        link: line(500),
      }),
    )
    .min(1)
    .max(MOST_ENTRIES),
  /** How many there are of each kind, those that found no room here too. */
  counts: z.partialRecord(z.enum(KINDS), z.int().positive()),
  companyZone: line(64),
  cause: line(500).nullable(),
  at: instant,
});

type Data = z.output<typeof schema>;
type Change = Data['changes'][number];

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions',
  audience: 'client',
  organiser: { name: 'Meadowbrook Tutoring', address: 'office@meadowbrook.example' },
  changes: [
    {
      kind: 'moved',
      id: '0198c0de-0000-7000-8000-000000000001',
      version: 2,
      lesson: 'Algebra II',
      startsAt: '2026-11-24T21:00:00Z',
      endsAt: '2026-11-24T22:00:00Z',
      before: { startsAt: '2026-11-23T21:00:00Z', endsAt: '2026-11-23T22:00:00Z' },
      tutor: 'Łukasz Nowak',
      students: ['Oliver'],
      where: null,
      note: '',
      link: 'https://lectern.example/family/sessions/0198',
    },
    {
      kind: 'cancelled',
      id: '0198c0de-0000-7000-8000-000000000002',
      version: 2,
      lesson: 'Algebra II',
      startsAt: '2026-12-01T21:00:00Z',
      endsAt: '2026-12-01T22:00:00Z',
      before: null,
      tutor: 'Łukasz Nowak',
      students: ['Oliver'],
      where: null,
      note: '',
      link: 'https://lectern.example/family/sessions/0199',
    },
  ],
  counts: { moved: 1, cancelled: 1 },
  companyZone: 'America/New_York',
  cause: 'Łukasz is at a conference',
  at: '2026-11-20T10:00:00Z',
};

const TITLES = {
  cancelled: 'Cancelled',
  moved: 'Moved',
  tutor_changed: 'With another tutor',
  people: 'Who comes has changed',
  booked: 'Booked',
} satisfies Record<ScheduleChangeKind, string>;

const WORDS = {
  cancelled: 'cancelled',
  moved: 'moved',
  tutor_changed: 'with another tutor',
  people: 'changed',
  booked: 'booked',
} satisfies Record<ScheduleChangeKind, string>;

export function view(data: Data) {
  const { counts, locale, zone, changes } = data;
  const kinds = KINDS.filter((kind) => counts[kind] !== undefined);
  const total = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const shown = changes.slice(0, MOST_LINES);
  const [only, ...others] = kinds;
  const first = changes.reduce((a, b) => (a.startsAt <= b.startsAt ? a : b));
  const from = shortWhen(new Date(first.startsAt), zone, locale);
  const sessions = total === 1 ? '1 session' : `${total} sessions`;
  const summary = listOf(
    kinds.map((kind) => `${counts[kind]} ${WORDS[kind]}`),
    locale,
  );
  const heading = only && others.length === 0 ? `${sessions} ${WORDS[only]}` : `Your schedule: ${summary}`;
  return {
    greeting: `Hello ${data.recipient.name},`,
    subjectLine: `${heading}, from ${from}`,
    heading,
    preview: shown.map((change) => shortWhen(new Date(change.startsAt), zone, locale)).join(' · '),
    intro: `This has changed in your schedule. All times are ${zoneName(zone)}.`,
    groups: kinds
      .map((kind) => ({
        title: counts[kind] === 1 ? TITLES[kind] : `${TITLES[kind]} (${counts[kind]})`,
        lines: shown.filter((change) => change.kind === kind).map((change) => lineOf(data, change)),
      }))
      .filter((group) => group.lines.length > 0),
    more: total > shown.length ? `and ${total - shown.length} more, which your schedule shows.` : '',
    cause: data.cause ?? '',
    action: total === 1 ? 'Open the session' : 'Open your schedule',
    calendarNote:
      total > changes.length
        ? `The attached file has the first ${changes.length} of them for your calendar.`
        : 'The attached file corrects your calendar: open it to take the changes over.',
    why:
      data.audience === 'tutor'
        ? `You get this mail because you teach at ${data.company.name}.`
        : `You get this mail because ${data.audience === 'student' ? 'you learn' : 'your family learns'} at ${data.company.name}.`,
  };
}

function lineOf(data: Data, change: Change) {
  const { zone, locale, companyZone, company } = data;
  const from = new Date(change.startsAt);
  const when = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    shortSpan(new Date(startsAt), new Date(endsAt), zone, locale);
  const students = listOf(change.students, locale);
  const whom = { tutor: `with ${students}`, client: `for ${students} with ${change.tutor}`, student: `with ${change.tutor}` };
  const elsewhere = zonesDiffer(from, zone, companyZone) ? `${shortWhen(from, companyZone, locale)} for ${company.name}` : '';
  const now = when(change);
  return {
    when: now,
    full: elsewhere ? `${now} (${elsewhere})` : now,
    was: change.before === null ? '' : when(change.before),
    struck: change.kind === 'cancelled',
    elsewhere,
    what: `${change.lesson} ${whom[data.audience]}`,
    where: change.kind === 'cancelled' ? '' : (change.where ?? ''),
    note: change.note,
  };
}

export function calendar(data: Data) {
  return publishedCalendar(
    data.changes.map((change) => ({
      cancelled: change.kind === 'cancelled',
      uid: sessionUid(change.id, data.link),
      sequence: change.version,
      stamp: new Date(data.at),
      from: new Date(change.startsAt),
      to: new Date(change.endsAt),
      summary: `${change.lesson} (${data.audience === 'tutor' ? listOf(change.students, data.locale) : change.tutor})`,
      location: change.where ?? '',
      description: `${data.company.name}\n${change.link}`,
      url: change.link,
      organiser: data.organiser,
    })),
  );
}
