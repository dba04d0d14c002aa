import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { UNSAID } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { disconnectTutors } from '#app/domain/connections/disconnect-account.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { forgetCards } from '#app/domain/payments/forget-cards.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPeopleOf, type PeopleOf, type PrivacyKind } from './people-of.server.ts';
import { scrubNames } from './scrub-names.server.ts';
import { listWhatStandsInTheWay } from './stands-in-the-way.server.ts';

/**
 * Erases a family, a student or a tutor: their facts, notes, files and messages go, what was written of their sessions is
 * blanked, their names are taken out of everybody else's texts, and who signed in as them no longer can. Sessions, amounts
 * and issued documents stay, the documents as they were issued. It can't be undone.
 * @param input.confirm their reference, typed by whoever does it
 * @throws DomainError not_found; invalid_value (field `confirm`); conflict while something is planned, or owed
 */
export async function erasePerson(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { kind: PrivacyKind; id: string; confirm: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const seen = await getPeopleOf(trx, input.kind, input.id);
    await lockResources(trx, [...seen.studentIds, ...seen.tutorIds], ctx.clock());
    const people = await getPeopleOf(trx, input.kind, input.id);
    if (people.erasedAt) return;
    if (input.confirm.trim().toLowerCase() !== people.ref.toLowerCase())
      throw new DomainError('invalid_value', `Type ${people.ref} to confirm.`, { field: 'confirm' });
    const inTheWay = await listWhatStandsInTheWay(trx, people);
    if (inTheWay.length > 0) throw new DomainError('conflict', inTheWay.join(' '), { details: inTheWay });
    await disconnectTutors(trx, ctx, actor, people.tutorIds);
    for (const statement of statements(people, ctx.clock())) await statement.execute(trx);
    await forgetCards(trx, ctx, people.clientIds);
    await closeRequests(trx, people, ctx.clock());
    await scrubNames(trx, people);
    await audit(trx, actor, { action: `${input.kind}.erase`, subjectType: input.kind, subjectId: input.id });
  });
}

async function closeRequests(trx: Transaction<DB>, { requestIds }: PeopleOf, now: Date): Promise<void> {
  if (requestIds.length === 0) return;
  await sql`UPDATE request SET closed_at = coalesce(closed_at, ${now}),
      stage_id = CASE WHEN closed_at IS NULL THEN (SELECT id FROM request_stage WHERE kind = 'lost' ORDER BY position LIMIT 1) ELSE stage_id END
    WHERE id = ANY(${requestIds}::uuid[])`.execute(trx);
}

/** What happens to which rows, in the order in which they hang on each other. */
function statements(people: PeopleOf, now: Date): RawBuilder<unknown>[] {
  const ids = (list: readonly string[]) => sql`ANY(${[...list]}::uuid[])`;
  const [clients, students, tutors] = [ids(people.clientIds), ids(people.studentIds), ids(people.tutorIds)];
  const [requests, sessions, users] = [ids(people.requestIds), ids(people.sessionIds), ids(people.userIds)];
  const about = sql`(tutor_id = ${tutors} OR client_id = ${clients} OR student_id = ${students} OR request_id = ${requests})`;
  const family = sql`(client_id = ${clients} OR student_id = ${students})`;
  const series = sql`id IN (SELECT series_id FROM series_student GROUP BY series_id HAVING bool_and(student_id = ${students}))`;
  const mails = sql`(user_id = ${users} OR lower(to_address) = ANY(${people.addresses}::text[]) OR session_id = ${sessions})`;
  const theirs = ids([...people.clientIds, ...people.studentIds, ...people.tutorIds, ...people.requestIds, ...people.sessionIds]);
  return [
    // What was typed as a reason about them: the log lets it be taken out here, and nothing else of it be changed.
    sql`SELECT set_config('lectern.erasing', 'on', true)`,
    sql`UPDATE audit_log SET reason = ${UNSAID} WHERE reason NOT IN ('', ${UNSAID}) AND (subject_id = ${theirs} OR session_id = ${sessions}
      OR subject_id IN (SELECT id FROM offer WHERE request_id = ${requests})
      OR subject_id IN (SELECT id FROM engagement WHERE student_id = ${students} OR tutor_id = ${tutors})
      OR subject_id IN (SELECT id FROM booking_request WHERE ${family}))`,
    sql`SELECT set_config('lectern.erasing', '', true)`,
    sql`UPDATE clearance SET file_id = NULL, number = '', note = '' WHERE tutor_id = ${tutors}`,
    sql`DELETE FROM file WHERE ${about}`,
    sql`DELETE FROM note WHERE ${about}`,
    sql`DELETE FROM task WHERE ${about}`,
    sql`DELETE FROM tag_use WHERE ${about}`,
    sql`DELETE FROM checklist_tick WHERE tutor_id = ${tutors} OR client_id = ${clients} OR student_id = ${students}`,
    sql`DELETE FROM student_guardian WHERE student_id = ${students} OR client_id = ${clients}`,
    sql`DELETE FROM tutor_exclusion WHERE student_id = ${students} OR tutor_id = ${tutors}`,
    sql`DELETE FROM merge WHERE kept_id = ANY(${[...people.clientIds, ...people.studentIds, ...people.tutorIds]}::uuid[])
      OR merged_id = ANY(${[...people.clientIds, ...people.studentIds, ...people.tutorIds]}::uuid[])`,
    sql`DELETE FROM matching_wish WHERE request_id = ${requests} OR tutor_id = ${tutors}`,
    sql`UPDATE matching_pick SET detail = '{}' WHERE request_id = ${requests} OR tutor_id = ${tutors}`,
    sql`DELETE FROM request_time WHERE request_id = ${requests}`,
    sql`UPDATE request SET wishes = '', location = '', closed_reason = '', custom = '{}', wish_gender = NULL, wish_languages = '{}',
      wish_tutor_id = NULL, place_id = NULL, version = version + 1 WHERE id = ${requests}`,
    sql`UPDATE offer SET message = '', terms = jsonb_set(terms, '{location}', '""') WHERE request_id = ${requests}`,
    sql`UPDATE offer_tutor SET decline_reason = '', score = '{}'
      WHERE tutor_id = ${tutors} OR offer_id IN (SELECT id FROM offer WHERE request_id = ${requests})`,
    sql`UPDATE booking_request SET note = '', answer = '', location = '', place_id = NULL, proposals = '[]',
      status = CASE WHEN status IN ('open', 'proposed') THEN 'withdrawn' ELSE status END WHERE ${family}`,
    sql`UPDATE waiting_list SET note = '', status = CASE WHEN status IN ('waiting', 'offered') THEN 'left' ELSE status END
      WHERE student_id = ${students}`,
    sql`UPDATE engagement SET notes = '', ends_on = coalesce(ends_on, greatest(starts_on, ${now}::date))
      WHERE student_id = ${students} OR tutor_id = ${tutors}`,
    sql`UPDATE credit_lot SET note = '' WHERE client_id = ${clients}`,
    sql`UPDATE pay_item SET note = '' WHERE tutor_id = ${tutors} AND run_id IS NULL`,
    // What was written of sessions that were theirs alone.
    sql`DELETE FROM session_material WHERE session_id = ${sessions}`,
    sql`DELETE FROM session_question WHERE session_id = ${sessions} OR asked_by = ${users}`,
    sql`DELETE FROM classroom_message WHERE session_id = ${sessions} OR user_id = ${users}`,
    sql`DELETE FROM classroom_file WHERE (session_id = ${sessions} OR user_id = ${users})
      AND id NOT IN (SELECT file_id FROM classroom_message WHERE file_id IS NOT NULL)`,
    sql`DELETE FROM classroom_update WHERE session_id = ${sessions}`,
    sql`UPDATE classroom SET board = NULL WHERE session_id = ${sessions}`,
    sql`UPDATE meeting_presence SET name = '', email = NULL WHERE session_id = ${sessions} OR user_id = ${users}
      OR attendance_id IN (SELECT id FROM attendance WHERE student_id = ${students})`,
    sql`UPDATE meeting_join SET guest_name = NULL WHERE session_id = ${sessions}
      OR attendance_id IN (SELECT id FROM attendance WHERE student_id = ${students})`,
    sql`UPDATE classroom_person SET name = '' WHERE session_id = ${sessions} OR user_id = ${users}
      OR attendance_id IN (SELECT id FROM attendance WHERE student_id = ${students})`,
    sql`UPDATE close_out SET notes = '', private_note = '', homework = '', next_topics = '', summary = '', sent_back_reason = ''
      WHERE session_id = ${sessions}`,
    sql`UPDATE session SET title = '', description = '', plan = '', custom = '{}', location = '', place_id = NULL
      WHERE id = ${sessions}`,
    sql`UPDATE attendance SET note = '', flag = NULL, absence_note = '', homework = NULL, homework_answer = '', rating = NULL
      WHERE student_id = ${students}`,
    sql`DELETE FROM close_out_draft WHERE session_id = ${sessions} OR user_id = ${users}`,
    sql`DELETE FROM session_file WHERE session_id = ${sessions} OR student_id = ${students} OR uploaded_by = ${users}`,
    sql`DELETE FROM goal WHERE student_id = ${students}`,
    sql`DELETE FROM feedback WHERE student_id = ${students} OR tutor_id = ${tutors} OR user_id = ${users}`,
    sql`DELETE FROM conversation WHERE student_id = ${students} OR tutor_id = ${tutors}`,
    sql`UPDATE conversation_message SET body = '…', sender_client_id = NULL
      WHERE sender_client_id = ${clients} OR sender_user_id = ${users}`,
    sql`DELETE FROM mail_preference WHERE address = ANY(${people.addresses}::citext[])`,
    sql`DELETE FROM mail_block WHERE address = ANY(${people.addresses}::citext[])`,
    sql`UPDATE cancellation SET reason = '' WHERE student_id = ${students} OR session_id = ${sessions}`,
    sql`UPDATE meeting SET data = '{}', join_url = NULL, error = NULL WHERE session_id = ${sessions}`,
    sql`UPDATE series SET title = '', description = '', location = '', place_id = NULL WHERE ${series}`,
    sql`UPDATE place SET name = 'Erased', address = '', latitude = NULL, longitude = NULL, archived_at = coalesce(archived_at, ${now}),
      version = version + 1 WHERE client_id = ${clients}`,
    sql`DELETE FROM provider_connection WHERE tutor_id = ${tutors}`,
    sql`DELETE FROM oauth_request WHERE tutor_id = ${tutors}`,
    sql`UPDATE time_off SET reason = '', decision_note = '' WHERE tutor_id = ${tutors}`,
    sql`UPDATE availability_exception SET note = '' WHERE tutor_id = ${tutors}`,
    // Mails stay as lines of the log: that something was sent, and when. What others were told of them is blanked, too.
    sql`UPDATE mail_message SET data = '{}', error = NULL,
      status = CASE WHEN status IN ('queued', 'sending') THEN 'failed' ELSE status END
      WHERE data->>'link' ~ (SELECT string_agg(id::text, '|') FROM (
        SELECT id FROM request WHERE id = ${requests} UNION ALL SELECT id FROM offer WHERE request_id = ${requests}
        UNION ALL SELECT id FROM booking_request WHERE ${family} UNION ALL SELECT id FROM engagement WHERE student_id = ${students}
        UNION ALL SELECT id FROM tutor WHERE id = ${tutors}) about)`,
    sql`UPDATE mail_message SET to_address = 'erased@erased.invalid', to_name = '', data = '{}', error = NULL, dedupe_key = NULL,
      status = CASE WHEN status IN ('queued', 'sending') THEN 'failed' ELSE status END WHERE ${mails}`,
    sql`UPDATE client SET name = 'Erased ' || ref, email = NULL, phone = NULL, address = '', notes = '', custom = '{}', timezone = NULL,
      locale = NULL, user_id = NULL, erased_at = ${now}, archived_at = coalesce(archived_at, ${now}), version = version + 1
      WHERE id = ${clients}`,
    sql`UPDATE student SET first_name = 'Erased', last_name = ref, email = NULL, grade = '', notes = '', custom = '{}', timezone = NULL,
      locale = NULL, user_id = NULL, erased_at = ${now}, archived_at = coalesce(archived_at, ${now}), version = version + 1
      WHERE id = ${students}`,
    sql`UPDATE tutor SET first_name = 'Erased', last_name = ref, email = NULL, phone = NULL, gender = NULL, languages = '{}', locale = NULL,
      home_address = '', home_latitude = NULL, home_longitude = NULL, personal_room_url = NULL, notes = '', storefront_text = '',
      in_storefront = false, custom = '{}', user_id = NULL, status = 'left', erased_at = ${now},
      archived_at = coalesce(archived_at, ${now}), version = version + 1 WHERE id = ${tutors}`,
    sql`DELETE FROM sign_in_session WHERE user_id = ${users}`,
    sql`DELETE FROM user_token WHERE user_id = ${users}`,
    sql`DELETE FROM user_password WHERE user_id = ${users}`,
    sql`DELETE FROM user_role WHERE user_id = ${users}`,
    sql`DELETE FROM calendar_feed WHERE user_id = ${users}`,
    sql`DELETE FROM saved_view WHERE user_id = ${users}`,
    sql`DELETE FROM idempotency_key WHERE user_id = ${users}`,
    sql`UPDATE users SET email = 'erased-' || id || '@erased.invalid', name = '', timezone = NULL, locale = NULL,
      disabled_at = coalesce(disabled_at, ${now}) WHERE id = ${users}`,
    // Guests' forms that hold what they typed: over within minutes, and not worth telling apart.
    sql`DELETE FROM hold WHERE expires_at <= ${now}`,
  ];
}
