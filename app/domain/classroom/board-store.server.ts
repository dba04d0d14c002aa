import type { Kysely } from 'kysely';
import * as Y from 'yjs';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

type Context = Pick<AppContext, 'clock'>;

/** The whiteboard of a session as one Yjs update, what was drawn a moment ago included; undefined where nobody drew. */
export async function findBoard(db: Kysely<DB>, sessionId: string): Promise<Uint8Array | undefined> {
  const { rows } = await boardParts(db, sessionId);
  if (rows.length === 0) return undefined;
  return Y.mergeUpdates(rows);
}

async function boardParts(db: Kysely<DB>, sessionId: string): Promise<{ rows: Uint8Array[]; ids: bigint[] }> {
  const updates = await db
    .selectFrom('classroomUpdate')
    .select(['id', 'content'])
    .where('sessionId', '=', sessionId)
    .orderBy('id')
    .execute();
  // After the additions: what is made one between the two is then read twice, and not missed.
  const room = await db.selectFrom('classroom').select('board').where('sessionId', '=', sessionId).executeTakeFirst();
  const rows = updates.map(({ content }) => content as Uint8Array);
  if (room?.board) rows.unshift(room.board as Uint8Array);
  return { rows, ids: updates.map(({ id }) => id as bigint) };
}

/** Adds what was drawn. Returns the row's id, by which another process fetches it. */
export async function addToBoard(db: Kysely<DB>, ctx: Context, sessionId: string, update: Uint8Array): Promise<bigint> {
  const { id } = await db
    .insertInto('classroomUpdate')
    .values({ sessionId, content: Buffer.from(update), madeAt: ctx.clock() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id as bigint;
}

/** One addition, unless it is in the board itself by now. */
export async function findAddition(db: Kysely<DB>, id: bigint): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('classroomUpdate').select('content').where('id', '=', id).executeTakeFirst();
  return row?.content;
}

/**
 * Makes one update of the board and its additions, without what was drawn and rubbed out again. Those that come meanwhile, of
 * this process or another, stay additions. Returns its size in bytes.
 */
export async function compactBoard(db: Kysely<DB>, ctx: Context, sessionId: string): Promise<number> {
  return inTransaction(db, async (trx) => {
    // Not FOR UPDATE, which would stop additions.
    await trx.selectFrom('classroom').select('sessionId').where('sessionId', '=', sessionId).forNoKeyUpdate().execute();
    const { rows, ids } = await boardParts(trx, sessionId);
    if (ids.length === 0) return rows[0]?.byteLength ?? 0;
    const doc = new Y.Doc();
    for (const row of rows) Y.applyUpdate(doc, row);
    const board = Buffer.from(Y.encodeStateAsUpdate(doc));
    doc.destroy();
    await trx.updateTable('classroom').set({ board, boardAt: ctx.clock() }).where('sessionId', '=', sessionId).execute();
    await trx.deleteFrom('classroomUpdate').where('id', 'in', ids).execute();
    return board.byteLength;
  });
}
