import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { SECRET_TEMPLATES } from '#emails/templates.ts';
import { getPeopleOf, type PrivacyKind } from './people-of.server.ts';
import { columnsOf, PERSONAL_DATA } from './personal-data.ts';

export interface PersonExport {
  about: { kind: PrivacyKind; ref: string; name: string };
  /** By table; each row as it is kept, without secrets. */
  tables: Record<string, Record<string, unknown>[]>;
  files: { name: string; mediaType: string; base64: string }[];
}

/**
 * All that is kept about a family, a student or a tutor: every table in which they have rows, what was written of
 * sessions that were theirs alone, and their files. Money is in minor units, instants are UTC. That it was given out is in the log.
 * @throws DomainError not_found
 */
export async function exportPerson(
  db: Kysely<DB>,
  actor: Actor,
  input: { kind: PrivacyKind; id: string },
): Promise<PersonExport> {
  return inTransaction(db, async (trx) => {
    const people = await getPeopleOf(trx, input.kind, input.id);
    const ids = (list: readonly string[]) => sql`ANY(${[...list]}::uuid[])`;
    const by: Record<string, RawBuilder<unknown>> = {
      client_id: ids(people.clientIds),
      student_id: ids(people.studentIds),
      tutor_id: ids(people.tutorIds),
      request_id: ids(people.requestIds),
      user_id: ids(people.userIds),
    };
    const themselves: Record<string, RawBuilder<unknown>> = {
      client: sql`id = ${by.client_id}`,
      student: sql`id = ${by.student_id}`,
      tutor: sql`id = ${by.tutor_id}`,
      users: sql`id = ${by.user_id}`,
      request: sql`id = ${by.request_id}`,
      // What was written of a group is about others too.
      close_out: sql`session_id = ${ids(people.sessionIds)}`,
      close_out_draft: sql`session_id = ${ids(people.sessionIds)} OR user_id = ${by.user_id}`,
      session_material: sql`session_id = ${ids(people.sessionIds)}`,
      goal_rating: sql`goal_id IN (SELECT id FROM goal WHERE student_id = ${by.student_id})`,
      session_file: sql`session_id = ${ids(people.sessionIds)} OR student_id = ${by.student_id} OR uploaded_by = ${by.user_id}`,
      conversation_message: sql`conversation_id IN (
        SELECT id FROM conversation WHERE student_id = ${by.student_id} OR tutor_id = ${by.tutor_id})
        OR sender_client_id = ${by.client_id} OR sender_user_id = ${by.user_id}`,
      mail_preference: sql`address = ANY(${people.addresses}::citext[])`,
      mail_block: sql`address = ANY(${people.addresses}::citext[])`,
      classroom: sql`session_id = ${ids(people.sessionIds)}`,
      classroom_update: sql`session_id = ${ids(people.sessionIds)}`,
      session: sql`tutor_id = ${by.tutor_id} OR id IN (SELECT session_id FROM attendance WHERE student_id = ${by.student_id})`,
      // What opens an account is nobody else's to read.
      mail_message: sql`(user_id = ${by.user_id} OR lower(to_address) = ANY(${people.addresses}::text[]))
        AND template <> ALL(${[...SECRET_TEMPLATES]}::text[])`,
      // Whose request_id is that of a visit, not of an enquiry.
      audit_log: sql`subject_id = ${ids([...people.clientIds, ...people.studentIds, ...people.tutorIds, ...people.requestIds])}`,
      invoice_line: sql`invoice_id IN (SELECT id FROM invoice WHERE client_id = ${by.client_id})`,
    };
    const tables: PersonExport['tables'] = {};
    for (const table of Object.keys(PERSONAL_DATA)) {
      if (table === 'sign_in_session' || table === 'user_password' || table === 'user_token') continue;
      const columns = new Set(['plain', 'text', 'document', 'log'].flatMap((kind) => columnsOf(table, kind as 'plain')));
      const conditions = Object.keys(by)
        .filter((column) => columns.has(column))
        .map((column) => sql`${sql.ref(column)} = ${by[column]}`);
      const where = themselves[table] ?? (conditions.length > 0 ? sql.join(conditions, sql` OR `) : null);
      if (!where) continue;
      const hidden = [...columnsOf(table, 'secret'), ...columnsOf(table, 'brief')];
      const { rows } = await sql<{ row: Record<string, unknown> }>`
        SELECT to_jsonb(r) - ${hidden}::text[] AS row FROM ${sql.table(table)} r WHERE ${where}`.execute(trx);
      if (rows.length > 0) tables[table] = rows.map((row) => row.row);
    }
    const { rows: files } = await sql<{ name: string; mediaType: string; base64: string }>`
      SELECT f.name, f.media_type, encode(c.content, 'base64') AS base64 FROM file f JOIN file_content c ON c.file_id = f.id
      WHERE f.client_id = ${by.client_id} OR f.student_id = ${by.student_id} OR f.tutor_id = ${by.tutor_id}
         OR f.request_id = ${by.request_id}
      UNION ALL
      SELECT f.name, f.media_type, encode(c.content, 'base64') FROM session_file f JOIN session_file_content c ON c.file_id = f.id
      WHERE f.session_id = ${ids(people.sessionIds)} OR f.student_id = ${by.student_id} OR f.uploaded_by = ${by.user_id}
      UNION ALL
      SELECT name, media_type, encode(content, 'base64') FROM classroom_file
      WHERE session_id = ${ids(people.sessionIds)} OR user_id = ${by.user_id}`.execute(trx);
    await audit(trx, actor, { action: `${input.kind}.export`, subjectType: input.kind, subjectId: input.id });
    return { about: { kind: input.kind, ref: people.ref, name: people.name }, tables, files };
  });
}
