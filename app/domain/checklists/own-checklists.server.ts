import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { ChecklistRole } from './checklist.schema.ts';
import { type ChecklistLine, checklistOf } from './checklist-queries.server.ts';

export interface OwnChecklist {
  role: ChecklistRole;
  personId: string;
  name: string;
  lines: ChecklistLine[];
}

/** After so long a family is at home here, whatever its list says. */
const NEW_FOR_DAYS = 60;

interface Whose {
  tutorId?: string | null;
  clientIds?: readonly string[];
  studentIds?: readonly string[];
}

/**
 * The checklists of somebody who is new and has not done all of theirs: of a tutor until they are active, of clients and
 * students until they have come to stay. Empty for everybody else.
 */
export async function listOwnChecklists(db: Kysely<DB>, whose: Whose, now: Date): Promise<OwnChecklist[]> {
  const { tutorId, clientIds = [], studentIds = [] } = whose;
  const since = new Date(now.getTime() - NEW_FOR_DAYS * 86_400_000);
  const { rows } = await sql<Omit<OwnChecklist, 'lines'>>`
    SELECT * FROM (
      SELECT 'tutor' AS role, id AS person_id, concat_ws(' ', first_name, nullif(last_name, '')) AS name FROM tutor
      WHERE id = ${tutorId ?? null}::uuid AND status IN ('applicant', 'onboarding') AND archived_at IS NULL
      UNION ALL
      SELECT 'client', id, name FROM client
      WHERE id = ANY(${[...clientIds]}::uuid[]) AND archived_at IS NULL AND (status = 'prospect' OR created_at > ${since})
      UNION ALL
      SELECT 'student', s.id, concat_ws(' ', s.first_name, nullif(s.last_name, '')) FROM student s
      WHERE s.id = ANY(${[...studentIds]}::uuid[]) AND s.archived_at IS NULL AND s.created_at > ${since}
    ) AS person
    WHERE EXISTS (SELECT FROM checklist_item i WHERE i.role = person.role AND i.archived_at IS NULL)
    ORDER BY role, name LIMIT 10`.execute(db);
  const lists = await Promise.all(
    rows.map(async (row) => ({ ...row, lines: await checklistOf(db, row.role, row.personId, now) })),
  );
  return lists.filter(({ lines }) => lines.some((line) => !line.done));
}
