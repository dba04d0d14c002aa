import type { Transaction } from 'kysely';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { type MailContext, oneLine, queueMail } from './queue-mail.server.ts';

/** Tells the tutor what became of the time off they asked for; in the transaction of the decision, and after it. */
export async function queueTimeOffMail(trx: Transaction<DB>, ctx: MailContext, id: string): Promise<void> {
  const row = await trx
    .selectFrom('timeOff')
    .innerJoin('tutor', 'tutor.id', 'timeOff.tutorId')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .select(({ selectFrom, fn, ref }) => [
      'timeOff.startsAt',
      'timeOff.endsAt',
      'timeOff.wallStart',
      'timeOff.wallEnd',
      'timeOff.allDay',
      'timeOff.zone',
      'timeOff.status',
      'timeOff.decisionNote',
      'timeOff.version',
      'tutor.firstName',
      'tutor.lastName',
      'tutor.userId',
      'users.locale',
      fn.coalesce('tutor.email', 'users.email').as('address'),
      selectFrom('session')
        .select((inner) => inner.fn.countAll<bigint>().as('count'))
        .whereRef('session.tutorId', '=', ref('tutor.id'))
        .where('session.status', 'in', ['requested', 'scheduled'])
        .whereRef('session.startsAt', '<', ref('timeOff.endsAt'))
        .whereRef('session.endsAt', '>', ref('timeOff.startsAt'))
        .as('sessions'),
    ])
    .where('timeOff.id', '=', id)
    .executeTakeFirstOrThrow();
  if (!row.address) return;
  await queueMail(trx, ctx, {
    template: 'time-off-decided',
    to: { name: `${row.firstName} ${row.lastName}`, address: row.address },
    userId: row.userId,
    dedupeKey: `time-off:${id}:${row.version}`,
    data: {
      ...(row.locale ? { locale: row.locale } : {}),
      zone: row.zone,
      link: `${ctx.config.origin}/tutor/availability/time-off`,
      approved: row.status === 'approved',
      off: row.allDay
        ? { firstDay: row.wallStart.slice(0, 10), lastDay: addDays(row.wallEnd.slice(0, 10), -1) }
        : { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() },
      note: oneLine(row.decisionNote) || null,
      sessions: Number(row.sessions ?? 0n),
    },
  });
}
