import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { HeldPlan } from './hold-queries.server.ts';
import type { OfferedProgram, OfferedSubject, OfferedTutor, Storefront } from './offer-queries.server.ts';
import type { Price } from './price.ts';
import { type Payer, quotePlan } from './quote-plan.server.ts';

export interface Offered {
  program: OfferedProgram;
  subject: OfferedSubject;
  tutor: OfferedTutor;
}

/** What a plan names, if all of it is offered. @throws DomainError unknown_reference at the field that isn't any more */
export function offeredOf(
  storefront: Storefront,
  plan: Pick<HeldPlan, 'programId' | 'subjectId' | 'durationMinutes'>,
  tutorId: string,
): Offered {
  const program = storefront.programs.find(({ id }) => id === plan.programId);
  if (!program) throw gone('programId', 'This kind of lesson is not offered here any more. Choose another.');
  const subject = program.subjects.find(({ id }) => id === plan.subjectId);
  if (!subject) throw gone('subjectId', 'This subject is not offered here any more. Choose another.');
  const tutor = subject.tutors.find(({ id }) => id === tutorId);
  if (!tutor) throw gone('tutorId', 'This tutor can’t be booked here for that. Choose another.');
  if (!program.durations.includes(plan.durationMinutes))
    throw gone('durationMinutes', `${program.name} lasts ${program.durations.join(' or ')} minutes. Choose one of them.`);
  return { program, subject, tutor };
}

const gone = (field: string, message: string) => new DomainError('unknown_reference', message, { field });

export interface PlanTerms {
  price: Price;
  /** False: the office looks at it first. */
  firm: boolean;
}

/** What somebody who books this is told before: the price, and whether it is firm at once. */
export async function termsOf(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'plugins'>,
  { organisation, rules }: Storefront,
  { program, subject, tutor }: Offered,
  { startsAt, durationMinutes, payer }: { startsAt: Date; durationMinutes: number; payer?: Payer | undefined },
): Promise<PlanTerms> {
  const { price, refusal } = await quotePlan(db, ctx, organisation, {
    tutorId: tutor.id,
    programId: program.id,
    subjectId: subject.id,
    durationMinutes,
    localDate: localDateOf(startsAt, organisation.timezone),
    chargeBasis: program.chargeBasis,
    taxPercent: program.taxPercent,
    payer,
  });
  const firm = rules.storefront.confirm === 'at_once' && refusal === undefined && price.kind !== 'on_request';
  return { price, firm };
}
