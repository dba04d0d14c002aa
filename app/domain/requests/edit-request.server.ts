import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields, UNSAID } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { withCustomChanges } from '#app/domain/fields/save-custom.server.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkRequest } from './check-request.server.ts';
import type { RequestEdit } from './request.schema.ts';
import { requestColumns, writeTimes } from './write-request.server.ts';

const personal = ['wishes', 'location'];

/**
 * Saves what is asked for: all but whose it is and its stage (moveRequest).
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), unknown_reference and invalid_value at the field
 */
export async function editRequest(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: WithCustom<RequestEdit>,
): Promise<void> {
  const { id, version, custom, ...said } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This request is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'request', id, word: 'request', version: before.version });
    await checkRequest(trx, said, before);
    const columns = await requestColumns(trx, said);
    const times = await trx
      .selectFrom('requestTime')
      .select(['weekday', 'startMinute', 'endMinute', 'wished'])
      .where('requestId', '=', id)
      .orderBy('weekday')
      .orderBy('startMinute')
      .execute();
    const otherTimes = JSON.stringify(times) !== JSON.stringify(said.times);
    const tags = await setTags(trx, { requestId: id }, said.tags);
    const own = changedFields(before, columns, personal);
    const { columns: more, changes = { before: {}, after: {} } } = withCustomChanges(before.custom, custom, own);
    if (otherTimes) Object.assign(changes.after, { times: UNSAID });
    if (tags.added.length + tags.removed.length > 0) Object.assign(changes.after, { tags });
    if (Object.keys(changes.after).length === 0) return;
    await trx
      .updateTable('request')
      .set({ ...columns, ...more, version: version + 1 })
      .where('id', '=', id)
      .execute();
    if (otherTimes) await writeTimes(trx, id, said.times);
    await audit(trx, actor, { action: 'request.edit', subjectType: 'request', subjectId: id, ...changes });
  });
}
