import type { Transaction } from 'kysely';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import type { DB } from '#db/types.ts';
import type { CorrectSessionInput } from './correction.ts';
import type { StoredPlace } from './write-corrected-facts.server.ts';

type Session = Awaited<ReturnType<typeof lockSession>>;

export interface StoredFacts {
  places: StoredPlace[];
  /** Everything a correction can change, as it stands. */
  said: {
    outcomes: Record<string, string>;
    actualMinutes: number | null;
    paidMinutes: number | null;
    miles: string | null;
    billable: boolean;
    chargeRate: bigint | null;
    payRate: bigint | null;
  };
}

export async function readFacts(trx: Transaction<DB>, session: Session): Promise<StoredFacts> {
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', session.id)
    .execute();
  const closeOut = await trx
    .selectFrom('closeOut')
    .select(['actualMinutes', 'paidMinutes', 'miles'])
    .where('sessionId', '=', session.id)
    .executeTakeFirst();
  return {
    places,
    said: {
      outcomes: Object.fromEntries(places.map((place) => [place.studentId, place.outcome])),
      actualMinutes: closeOut?.actualMinutes ?? null,
      paidMinutes: closeOut?.paidMinutes ?? null,
      miles: closeOut?.miles ?? null,
      billable: session.billable,
      chargeRate: session.chargeRateOverride,
      payRate: session.payRateOverride,
    },
  };
}

export function sameFacts({ said }: StoredFacts, input: CorrectSessionInput): boolean {
  const miles = (text: string | null) => Number(text ?? 0);
  return (
    input.outcomes.every(({ studentId, outcome }) => said.outcomes[studentId] === outcome) &&
    (input.actualMinutes ?? said.actualMinutes) === said.actualMinutes &&
    (input.paidMinutes === undefined || input.paidMinutes === said.paidMinutes) &&
    miles(input.miles) === miles(said.miles) &&
    input.billable === said.billable &&
    input.chargeRate === said.chargeRate &&
    input.payRate === said.payRate
  );
}

/** @throws DomainError invalid_value at the field */
export function checkCorrection(session: Session, places: readonly StoredPlace[], input: CorrectSessionInput, now: Date): void {
  if (input.reason.trim() === '')
    throw new DomainError('invalid_value', 'Say what is corrected and why; it stands on the credit note.', { field: 'reason' });
  if (['requested', 'declined', 'rescheduled'].includes(session.status))
    throw new DomainError('invalid_value', 'This session was never planned, or was moved to another one: correct that one.');
  const known = new Set(places.map((place) => place.studentId));
  const said = new Set(input.outcomes.map((one) => one.studentId));
  if (said.size !== input.outcomes.length || said.size !== known.size || [...said].some((id) => !known.has(id)))
    throw new DomainError('invalid_value', 'Say of each student, once, what took place.', { field: 'outcomes' });
  const left = input.outcomes.filter((one) => isLeft(one.outcome));
  const planned = left.filter((one) => one.outcome === 'planned');
  if (planned.length > 0 && planned.length < left.length)
    throw new DomainError('invalid_value', 'Say of each student who has not cancelled what took place, or of none yet.', {
      field: 'outcomes',
    });
  const closing = left.length > 0 && planned.length === 0;
  if (planned.some(({ studentId }) => places.some((place) => place.studentId === studentId && place.outcome !== 'planned')))
    throw new DomainError('invalid_value', 'What took place can’t become planned again. Choose what became of it.', {
      field: 'outcomes',
    });
  if (closing && now < session.startsAt)
    throw new DomainError('invalid_value', 'This session has not begun yet: nobody can have come to it.', { field: 'outcomes' });
  if (closing && input.actualMinutes === null)
    throw new DomainError('invalid_value', 'Enter how many minutes it took.', { field: 'actualMinutes' });
  if (left.length > 0 && !closing && input.actualMinutes !== null)
    throw new DomainError('invalid_value', 'It is not closed out yet: minutes come with what took place.', {
      field: 'actualMinutes',
    });
}
