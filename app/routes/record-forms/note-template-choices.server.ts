import { listProgramChoices, listSubjectChoices } from '#app/domain/organisation/program-queries.server.ts';
import type { NoteTemplateChoices } from './note-template-form.tsx';

type Db = Parameters<typeof listProgramChoices>[0];

/** What a template can be made for, with what it is made for already. */
export async function noteTemplateChoices(
  db: Db,
  chosen: { programId: string | null; subjectId: string | null } = { programId: null, subjectId: null },
): Promise<NoteTemplateChoices> {
  const [programs, subjects] = await Promise.all([
    listProgramChoices(db, chosen.programId),
    listSubjectChoices(db, chosen.subjectId === null ? [] : [chosen.subjectId]),
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return { programs: programs.map(named), subjects: subjects.map(named) };
}
