import { z } from 'zod';
import { publishedCalendar, sessionUid } from '../calendar-file.ts';
import { address, envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan, shortWhen, zoneName, zonesDiffer } from '../format.ts';
import { type MailWords, placeText } from '../words.ts';

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

export function view(data: Data, t: MailWords) {
  const { counts, locale, zone, changes, audience } = data;
  const company = data.company.name;
  const kinds = KINDS.filter((kind) => counts[kind] !== undefined);
  const total = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const shown = changes.slice(0, MOST_LINES);
  const [only, ...others] = kinds;
  const first = changes.reduce((a, b) => (a.startsAt <= b.startsAt ? a : b));
  const from = shortWhen(new Date(first.startsAt), zone, locale);
  const summary = listOf(
    kinds.map((kind) => `${counts[kind]} ${t(`word_${kind}`)}`),
    locale,
  );
  const heading =
    only && others.length === 0 ? t('heading_one', { count: total, word: t(`word_${only}`) }) : t('heading_many', { summary });
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    subjectLine: t('subject_line', { heading, from }),
    heading,
    preview: shown.map((change) => shortWhen(new Date(change.startsAt), zone, locale)).join(' · '),
    intro: t('intro', { zone: zoneName(zone, locale) }),
    groups: kinds
      .map((kind) => ({
        title: counts[kind] === 1 ? t(`title_${kind}`) : `${t(`title_${kind}`)} (${counts[kind]})`,
        lines: shown.filter((change) => change.kind === kind).map((change) => lineOf(data, change, t)),
      }))
      .filter((group) => group.lines.length > 0),
    more: total > shown.length ? t('more', { count: total - shown.length }) : '',
    cause: data.cause ?? '',
    action: t(total === 1 ? 'open_session' : 'action'),
    calendarNote: total > changes.length ? t('calendar_first', { count: changes.length }) : t('calendar_note'),
    why: t({ tutor: 'why_teach', student: 'why_learn', client: 'why_family' }[audience], { company }),
  };
}

function lineOf(data: Data, change: Change, t: MailWords) {
  const { zone, locale, companyZone, company } = data;
  const from = new Date(change.startsAt);
  const when = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    shortSpan(new Date(startsAt), new Date(endsAt), zone, locale);
  const whom = t(`whom_${data.audience}`, { students: listOf(change.students, locale), tutor: change.tutor });
  const elsewhere = zonesDiffer(from, zone, companyZone)
    ? t('elsewhere', { when: shortWhen(from, companyZone, locale), company: company.name })
    : '';
  const now = when(change);
  return {
    when: now,
    full: elsewhere ? `${now} (${elsewhere})` : now,
    was: change.before === null ? '' : when(change.before),
    struck: change.kind === 'cancelled',
    elsewhere,
    what: `${change.lesson} ${whom}`,
    where: change.kind === 'cancelled' || change.where === null ? '' : placeText(change.where, t),
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
