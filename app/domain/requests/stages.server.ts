import type { Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import type { StageKind } from './request-kinds.ts';

export type Stage = Omit<Selectable<DB['requestStage']>, 'kind'> & { kind: StageKind };

/** In the order of the board. Archived ones only where asked for, or while requests still stand in them. */
export async function listStages(db: Kysely<DB>, { archived = false } = {}): Promise<Stage[]> {
  return db
    .selectFrom('requestStage')
    .selectAll()
    .$castTo<Stage>()
    .$if(!archived, (query) => query.where('archivedAt', 'is', null))
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** Where the product puts a request: the first stage of the kind that is in use. */
export async function getStageOfKind(db: Kysely<DB>, kind: StageKind): Promise<Stage> {
  const stage = await db
    .selectFrom('requestStage')
    .selectAll()
    .$castTo<Stage>()
    .where('kind', '=', kind)
    .orderBy((eb) => eb('archivedAt', 'is not', null))
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  if (!stage) throw new Error(`there is no stage of kind ${kind}`);
  return stage;
}

/** Why requests were lost, the most common first: offered when another one is. */
export async function listLostReasons(db: Kysely<DB>): Promise<string[]> {
  const rows = await db
    .selectFrom('request')
    .select((eb) => ['closedReason', eb.fn.countAll().as('times')])
    .where('closedReason', '<>', '')
    .groupBy('closedReason')
    .orderBy('times', 'desc')
    .orderBy('closedReason')
    .limit(12)
    .execute();
  return rows.map((row) => row.closedReason);
}
