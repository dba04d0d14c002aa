import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { listOf, shortSpan, zoneName } from '../format.ts';

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

const WHAT = { new: 'a new session', move: 'another time', cancel: 'a cancellation' } as const;

export function view(data: Data) {
  const { event, kind, locale, zone } = data;
  const when = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    shortSpan(new Date(startsAt), new Date(endsAt), zone, locale);
  const what = WHAT[kind];
  const heading = {
    asked: `${data.askedBy} asks for ${what}`,
    proposed: 'Other times for what you asked for',
    declined: `Your request for ${what} was declined`,
    withdrawn: `${data.askedBy} no longer asks for ${what}`,
  }[event];
  const intro = {
    asked: 'Nothing is booked or changed until it is answered.',
    proposed:
      'The time you asked for can’t be had. Choose one of these, or say that none suits. They are not kept free until you choose.',
    declined: kind === 'new' ? 'Nothing was booked.' : 'The session stays as it is.',
    withdrawn: 'There is nothing left to answer.',
  }[event];
  const names = listOf([data.student, ...(data.tutor ? [data.tutor] : [])], locale);
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading,
    preview: `${data.lesson}, ${names}.`,
    intro,
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
    zoneLine: `All times are ${zoneName(zone)}.`,
    action: { asked: 'Answer it', proposed: 'Choose a time', declined: 'See the request', withdrawn: 'See the request' }[event],
    why:
      event === 'asked' || event === 'withdrawn'
        ? `You get this mail because you answer what is asked for at ${data.company.name}.`
        : `You get this mail because you asked for this at ${data.company.name}.`,
  };
}
