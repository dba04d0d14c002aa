import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

/** `data` of the meeting `m` with its room, or the one it may have, among those to be given up. */
const withFormer: RawBuilder<unknown> = sql`case when m.state = 'released' or (m.ref is null and not m.unsure) then m.data
  else jsonb_set(m.data, '{former}', coalesce(m.data->'former', '[]') || jsonb_build_object(
    'installId', m.install_id, 'ref', m.ref, 'joinUrl', m.join_url, 'connectionId', m.connection_id)) end`;

/**
 * Says that a session needs a room at a provider, or needs it anew because its time, its tutor or the provider changed.
 * The room is made by a job after the commit: a provider that fails never fails a booking. The room that is there is
 * kept where the provider stays the same; where it changes the former one is given up.
 */
export async function planMeeting(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'enqueue' | 'clock'>,
  input: { sessionId: string; installId: string },
): Promise<void> {
  const { sessionId, installId } = input;
  const kept = sql`m.install_id = excluded.install_id and m.state <> 'released'`;
  const { rows } = await sql<{ leftRoom: boolean }>`
    insert into meeting as m (session_id, install_id, swept_at) values (${sessionId}, ${installId}, ${ctx.clock()})
    on conflict (session_id) do update set
      install_id = excluded.install_id, state = 'pending', error = null, error_code = null, attempts = 0, next_attempt_at = null,
      turn = m.turn + 1, swept_at = excluded.swept_at,
      ref = case when ${kept} then m.ref end,
      join_url = case when ${kept} then m.join_url end,
      connection_id = case when ${kept} then m.connection_id end,
      unsure = case when ${kept} then m.unsure else false end,
      data = case when m.install_id = excluded.install_id then m.data else ${withFormer} end
    returning jsonb_array_length(coalesce(data->'former', '[]')) > 0 as left_room`.execute(trx);
  await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } });
  if (rows[0]?.leftRoom) await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId } });
}

/** Says that a session takes place without a room at a provider from now on; the one it had is given up by a job. */
export async function leaveMeeting(trx: Transaction<DB>, ctx: Pick<DomainContext, 'enqueue'>, sessionId: string): Promise<void> {
  const { rows } = await sql`
    update meeting as m set state = 'released', ref = null, join_url = null, error = null, error_code = null, next_attempt_at = null,
      turn = m.turn + 1, unsure = false, connection_id = null, release_attempts = 0, release_at = null, data = ${withFormer}
    where session_id = ${sessionId} returning 1`.execute(trx);
  if (rows.length > 0) await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId } });
}
