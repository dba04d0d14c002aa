import type { Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';

/** What the product does with a stage, whatever an admin calls it. */
export const STAGE_KINDS = ['new', 'working', 'offered', 'won', 'lost'] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

export const isClosedKind = (kind: string) => kind === 'won' || kind === 'lost';

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
