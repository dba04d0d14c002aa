import { type Kysely, sql } from 'kysely';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import type { DB } from '#db/types.ts';

/**
 * Phone and e-mail of the other side, where the rules of company, program and tutor let them be seen; else nothing. Where
 * the company hides contacts, because they write to each other here, no program and no tutor shows them.
 */
export interface Contact {
  name: string;
  phone: string | null;
  email: string | null;
}

/** Whose families a tutor asks for: of a student in a program, each under a key of the caller's. */
export interface FamilyOf {
  key: string;
  studentId: string;
  programId: string;
}

async function visibleIn(db: Kysely<DB>, tutorId: string, programIds: readonly string[]): Promise<Set<string>> {
  if ((await getMessageRules(db)).hide_contacts) return new Set();
  const { rows } = await sql<{ id: string; organisation: unknown; program: unknown; tutor: unknown }>`
    SELECT p.id, o.scheduling AS organisation, p.scheduling_overrides AS program, t.scheduling_overrides AS tutor
    FROM program p CROSS JOIN organisation o JOIN tutor t ON t.id = ${tutorId}
    WHERE p.id = ANY(${[...new Set(programIds)]}::uuid[])`.execute(db);
  return new Set(rows.filter((row) => schedulingRulesFor(row).contactsVisible).map((row) => row.id));
}

/** What the tutor may see of the clients who pay for these students, and of students with an address of their own. */
export async function listFamilyContacts(
  db: Kysely<DB>,
  tutorId: string,
  families: readonly FamilyOf[],
): Promise<Map<string, Contact[]>> {
  const visible = await visibleIn(
    db,
    tutorId,
    families.map((family) => family.programId),
  );
  const shown = families.filter((family) => visible.has(family.programId));
  if (shown.length === 0) return new Map();
  const { rows } = await sql<Contact & { studentId: string }>`
    SELECT st.id AS student_id, c.name, c.phone, c.email FROM student st JOIN client c ON c.id = st.client_id
    WHERE st.id = ANY(${shown.map((family) => family.studentId)}::uuid[])
    UNION ALL
    SELECT st.id, concat_ws(' ', st.first_name, st.last_name), NULL, st.email FROM student st
    WHERE st.id = ANY(${shown.map((family) => family.studentId)}::uuid[]) AND st.email IS NOT NULL`.execute(db);
  const byKey = new Map<string, Contact[]>();
  for (const { key, studentId } of shown) {
    const own = rows.filter((row) => row.studentId === studentId && (row.phone || row.email));
    byKey.set(
      key,
      own.map(({ name, phone, email }) => ({ name, phone, email })),
    );
  }
  return byKey;
}

/** What a family may see of the tutor of a session in this program; null: nothing. */
export async function findTutorContact(db: Kysely<DB>, tutorId: string, programId: string): Promise<Contact | null> {
  const visible = await visibleIn(db, tutorId, [programId]);
  if (!visible.has(programId)) return null;
  const tutor = await db
    .selectFrom('tutor')
    .select(['firstName', 'lastName', 'phone', 'email'])
    .where('id', '=', tutorId)
    .executeTakeFirst();
  if (!tutor || (!tutor.phone && !tutor.email)) return null;
  return { name: [tutor.firstName, tutor.lastName].filter(Boolean).join(' '), phone: tutor.phone, email: tutor.email };
}
