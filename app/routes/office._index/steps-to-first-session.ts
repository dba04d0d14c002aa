import type { FirstSteps } from '#app/domain/organisation/first-steps.server.ts';
import type { FirstStep } from './first-steps.tsx';

/** In the order in which each needs the one before; without those that this person can't do. */
export function stepsToFirstSession(has: FirstSteps, may: { programs: boolean; rates: boolean }): FirstStep[] {
  const step = (done: boolean, label: string, why: string, to: string, button: string): FirstStep => ({
    done,
    label,
    why,
    to,
    button,
  });
  return [
    ...(may.programs
      ? [
          step(
            has.subject,
            'What you teach',
            'Mathematics, Piano, Irish: the subjects.',
            '/office/subjects/new',
            'Add a subject',
          ),
          step(
            has.program,
            'How you teach it',
            'A program such as One-to-one: how many fit in, and how it is charged.',
            '/office/programs/new',
            'Add a program',
          ),
        ]
      : []),
    ...(may.rates
      ? [
          step(
            has.charge,
            'What an hour costs',
            'One rate for all is enough to begin with; particular ones can follow.',
            '/office/rates/new?side=charge',
            'Add a rate for clients',
          ),
          step(
            has.pay,
            'What a tutor is paid for it',
            'So that pay follows from what took place.',
            '/office/rates/new?side=pay',
            'Add a rate for tutors',
          ),
        ]
      : []),
    step(
      has.tutor,
      'Who teaches',
      'A tutor, with their subjects. You can invite them to sign in.',
      '/office/tutors/new',
      'Add a tutor',
    ),
    step(has.client, 'Who pays', 'A client: a parent, a school, or an adult who learns.', '/office/clients/new', 'Add a client'),
    step(has.student, 'Who learns', 'A student of that client.', '/office/students/new', 'Add a student'),
    step(
      false,
      'The first session',
      'Who, what and when; clashes and the price are shown before anything is saved.',
      '/office/sessions/new',
      'Book a session',
    ),
  ];
}
