import type { Kysely, Selectable } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
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

/** Every stage with how many requests stand in it, those out of use last. */
export async function listStagesInUse(db: Kysely<DB>): Promise<(Stage & { used: number })[]> {
  const stages = await listStages(db, { archived: true });
  const counts = await db
    .selectFrom('request')
    .select((eb) => ['stageId', eb.fn.countAll<bigint>().as('used')])
    .groupBy('stageId')
    .execute();
  const used = new Map(counts.map((row) => [row.stageId, Number(row.used)]));
  return stages.map((stage) => ({ ...stage, used: used.get(stage.id) ?? 0 }));
}

/** @throws DomainError not_found */
export async function getStage(db: Kysely<DB>, id: string): Promise<Stage> {
  const stage = (await listStages(db, { archived: true })).find((one) => one.id === id);
  if (!stage) throw new DomainError('not_found', 'This stage is not there.');
  return stage;
}
