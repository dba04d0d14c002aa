import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { type MailContext, oneLine, queueMail } from './queue-mail.server.ts';

/** Tells the tutor that a close-out came back, and why; in the transaction that sends it back. */
export async function queueSentBackMail(
  trx: Transaction<DB>,
  ctx: MailContext,
  { sessionId, reason, version }: { sessionId: string; reason: string; version: number },
): Promise<void> {
  const { rows } = await sql<{
    lesson: string;
    startsAt: Date;
    endsAt: Date;
    students: string[];
    tutorName: string;
    address: string | null;
    userId: string | null;
    locale: string | null;
    zone: string;
  }>`
    SELECT coalesce(nullif(s.title, ''), sub.name) AS lesson, s.starts_at, s.ends_at,
           ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
                 WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel') ORDER BY st.first_name, st.id) AS students,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name, coalesce(t.email, u.email) AS address, t.user_id,
           coalesce(u.locale, t.locale) AS locale, coalesce(u.timezone, t.timezone) AS zone
    FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id LEFT JOIN users u ON u.id = t.user_id
    WHERE s.id = ${sessionId}`.execute(trx);
  const [row] = rows;
  if (!row?.address || row.students.length === 0) return;
  await queueMail(trx, ctx, {
    template: 'close-out-sent-back',
    to: { name: row.tutorName, address: row.address },
    userId: row.userId,
    sessionId,
    dedupeKey: `close-out-sent-back:${sessionId}:${version}`,
    data: {
      ...(row.locale ? { locale: row.locale } : {}),
      zone: row.zone,
      link: `${ctx.config.origin}/tutor/sessions/${sessionId}/close-out`,
      lesson: oneLine(row.lesson),
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      students: row.students.map(oneLine),
      reason: oneLine(reason).slice(0, 2000),
    },
  });
}
