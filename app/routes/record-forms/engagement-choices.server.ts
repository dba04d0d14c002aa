import type { EngagementRow } from '#app/domain/engagements/queries.server.ts';
import { shortestDecimal } from '#app/domain/organisation/policy.schema.ts';
import { listStudentChoices } from '#app/domain/people/choice-queries.server.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

type Db = Parameters<typeof listBookingChoices>[0];

/** What an engagement's form offers to choose from. */
export async function engagementChoices(db: Db, chosen: { tutorId?: string | null } = {}) {
  const [{ programs, subjects, tutors }, students] = await Promise.all([listBookingChoices(db, chosen), listStudentChoices(db)]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return {
    programs: programs.map(named),
    subjects,
    tutors: tutors.map(named),
    students: students.map(({ id, name, clientName }) => ({ id, name: `${name} (${clientName})` })),
  };
}

export function engagementFormValues(row: EngagementRow): FormValues {
  const { tutorId, studentId, programId, subjectId, whoMaySchedule, defaultMinutes, startsOn, endsOn, notes } = row;
  return asFormValues({
    ...{ tutorId, studentId, programId, subjectId, whoMaySchedule, defaultMinutes, startsOn, endsOn, notes },
    hoursPerWeek: row.hoursPerWeek && shortestDecimal(row.hoursPerWeek),
  });
}
