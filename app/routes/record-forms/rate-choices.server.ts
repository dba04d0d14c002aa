import { listProgramChoices, listSubjectChoices } from '#app/domain/organisation/program-queries.server.ts';
import { listStudentChoices, listTutorChoices } from '#app/domain/people/choice-queries.server.ts';

type Db = Parameters<typeof listProgramChoices>[0];

/** The people and things a rate can be limited to. */
export async function rateChoices(
  db: Db,
  chosen: { programId?: string; subjectId?: string; tutorId?: string; studentId?: string } = {},
) {
  const [programs, subjects, tutors, students] = await Promise.all([
    listProgramChoices(db, chosen.programId),
    listSubjectChoices(db, chosen.subjectId ? [chosen.subjectId] : []),
    listTutorChoices(db, chosen.tutorId),
    listStudentChoices(db, chosen.studentId),
  ]);
  return {
    programs,
    subjects,
    tutors,
    students: students.map(({ id, name, clientName }) => ({ id, name: name === clientName ? name : `${name} (${clientName})` })),
  };
}
export type RateChoices = Awaited<ReturnType<typeof rateChoices>>;
