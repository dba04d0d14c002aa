import type { RequestFacts } from '#app/domain/matching/match-facts.ts';
import type { RequestOffer } from '#app/domain/offers/queries.server.ts';
import type { TimeOfWeek } from '#app/domain/offers/weekly-times.ts';
import { timeOfMinute } from '#app/domain/scheduling/repeat.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

interface Begin {
  tutorIds: readonly string[];
  again: RequestOffer | undefined;
  request: Pick<RequestFacts, 'programId' | 'sessionMinutes' | 'startsOn' | 'endsOn'> & {
    mode: string | null;
    placeId: string | null;
    location: string;
  };
  /** Of the best match. */
  times: readonly TimeOfWeek[];
  answerHours: number;
  chargeRate: string;
  payRate: string;
}

/** What the form begins with. An offer made again keeps what it said, but never begins in the past. */
export function offerFormValues({ tutorIds, again, request, times, answerHours, chargeRate, payRate }: Begin): FormValues {
  const terms = again?.terms;
  const week = terms ? terms.times : times;
  const startsOn = terms && terms.startsOn > request.startsOn ? terms.startsOn : request.startsOn;
  return {
    ...asFormValues({
      kind: again?.kind === 'all' ? 'all' : 'in_order',
      tutorIds,
      programId: again?.programId ?? request.programId,
      'terms.startsOn': startsOn,
      'terms.endsOn': terms ? terms.endsOn : request.endsOn,
      'terms.sessionMinutes': terms?.sessionMinutes ?? request.sessionMinutes,
      'terms.mode': terms?.mode ?? (request.mode === 'in_person' ? 'in_person' : 'online'),
      'terms.placeId': terms ? terms.placeId : request.placeId,
      'terms.location': terms ? terms.location : request.location,
      weekday: week.map(({ weekday }) => String(weekday)),
      time: week.map(({ startMinute }) => timeOfMinute(startMinute)),
      chargeRate,
      payRate,
      whoMaySchedule: again?.whoMaySchedule ?? '',
      message: again?.message ?? '',
      answerHours: again?.answerHours ?? answerHours,
    }),
    ...Object.fromEntries(tutorIds.map((id, i) => [`turn.${id}`, [String(i + 1)]])),
  };
}
