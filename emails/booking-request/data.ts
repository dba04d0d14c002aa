import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan, zoneName } from '../format.ts';
import type { MailWords } from '../words.ts';

/** What somebody asked for, told to whoever answers it, and the answer, told to whoever asked. */

const span = z.object({ startsAt: instant, endsAt: instant });

export const schema = z.object({
  ...envelope,
  event: z.enum(['asked', 'proposed', 'declined', 'withdrawn']),
  kind: z.enum(['new', 'move', 'cancel']),
  /** Who asked, as the reader may know them; empty for whoever asked themselves. */
  askedBy: line(),
  lesson: line(),
  student: line(),
  /** Empty: any tutor. */
  tutor: line(),
  /** The session that is to be moved or cancelled. */
  session: span.nullable(),
  /** The time that was asked for. */
  wanted: span.nullable(),
  proposals: z.array(span.extend({ tutor: line() })).max(10),
  note: line(1000),
  answer: line(1000),
});

type Data = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/requests/0198',
  event: 'proposed',
  kind: 'move',
  askedBy: '',
  lesson: 'Algebra II',
  student: 'Oliver Whitfield',
  tutor: 'Łukasz Nowak',
  session: { startsAt: '2026-11-24T21:00:00Z', endsAt: '2026-11-24T22:00:00Z' },
  wanted: { startsAt: '2026-11-25T21:00:00Z', endsAt: '2026-11-25T22:00:00Z' },
  proposals: [
    { startsAt: '2026-11-26T21:00:00Z', endsAt: '2026-11-26T22:00:00Z', tutor: 'Łukasz Nowak' },
    { startsAt: '2026-11-27T21:00:00Z', endsAt: '2026-11-27T22:00:00Z', tutor: 'Maya Fernandez' },
  ],
  note: 'He has a match on Tuesday',
  answer: 'Wednesday is full, would one of these do?',
};

export function view(data: Data, t: MailWords) {
  const { event, kind, locale, zone } = data;
  const when = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    shortSpan(new Date(startsAt), new Date(endsAt), zone, locale);
  const names = listOf([data.student, ...(data.tutor ? [data.tutor] : [])], locale);
  const forOffice = event === 'asked' || event === 'withdrawn';
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: t(`heading_${event}`, { who: data.askedBy, kind }),
    preview: t('preview', { lesson: data.lesson, names }),
    intro: t(event === 'declined' && kind === 'new' ? 'intro_declined_new' : `intro_${event}`),
    lesson: data.lesson,
    people: names,
    session: data.session ? when(data.session) : '',
    wanted: data.wanted ? when(data.wanted) : '',
    proposals: data.proposals.map((proposal) => ({
      when: when(proposal),
      tutor: proposal.tutor === data.tutor ? '' : proposal.tutor,
    })),
    note: data.note,
    answer: data.answer,
    zoneLine: t('zone_line', { zone: zoneName(zone, locale) }),
    action: t(event === 'asked' || event === 'proposed' ? `action_${event}` : 'action'),
    why: t(forOffice ? 'why_answers' : 'why_asked', { company: data.company.name }),
  };
}
