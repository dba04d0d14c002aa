import type { Kysely } from 'kysely';
import { loadBoard } from '#app/routes/office.board._index/load-board.server.ts';
import { type Database, openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { browserLines } from './board-browser.ts';
import { fill, PER_TUTOR, TUTORS, WEEK, ZONE } from './board-fill.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { recordStatements } from './recorder.ts';

const ROUNDS = 15;
const FEW = 10_000;
const MANY = 1_000_000;

/** The board of a large company: its answer, its answer as the past grows, and its work in a browser. */
export async function benchBoard(ground: Ground): Promise<BenchLine[]> {
  const url = await ground.database('bench_board_few');
  const few = open(url);
  const lines: BenchLine[] = [];
  try {
    await fill(few.db, FEW);
    lines.push(await loaderLine(few));
  } finally {
    await few.close();
  }
  lines.push(...(await browserLines(url)));
  lines.push(await growthLine(url, await ground.database('bench_board_many')));
  return lines;
}

const open = (url: string) => openDatabase({ url, max: 4, statementTimeoutMs: 900_000, onError: () => {} });

const load = (db: Kysely<DB>) => loadBoard({ db }, { timezone: ZONE }, WEEK);

/** Asked in turns, so that whatever else the machine does slows both alike. */
async function inTurns(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const [ones, others]: [number[], number[]] = [[], []];
  // The first of each has everything still to be read.
  await one();
  await other();
  for (let round = 0; round < ROUNDS; round++) {
    ones.push(await milliseconds(one));
    others.push(await milliseconds(other));
  }
  return [median(ones), median(others)];
}

async function growthLine(fewUrl: string, manyUrl: string): Promise<BenchLine> {
  const [few, many] = [open(fewUrl), open(manyUrl)];
  try {
    await fill(many.db, MANY);
    const [atMany, atFew] = await inTurns(
      () => load(many.db),
      () => load(few.db),
    );
    return {
      what: `A week of ${TUTORS} tutors, ${TUTORS * PER_TUTOR} sessions, with ${MANY.toLocaleString('en')} sessions stored`,
      ours: `${atMany.toFixed(1)} ms`,
      against: `${atFew.toFixed(1)} ms with ${FEW.toLocaleString('en')}`,
      ratio: atMany / atFew,
      promise: 'promised: within 20 %',
    };
  } finally {
    await few.close();
    await many.close();
  }
}

async function loaderLine({ db, pool }: Database): Promise<BenchLine> {
  const statements = await recordStatements(() => load(db));
  const plain = async () => {
    for (const { text, values } of statements) JSON.stringify((await pool.query(text, values)).rows);
  };
  const [ours, floor] = await inTurns(() => load(db), plain);
  const bytes = (await load(db)).length;
  return {
    what: `The board’s data of a week: ${TUTORS} tutors, ${TUTORS * PER_TUTOR} sessions, hours and all`,
    ours: `${ours.toFixed(1)} ms to load, ${(bytes / 1024).toFixed(0)} KiB`,
    against: `${floor.toFixed(1)} ms for its SQL and JSON encoding alone`,
    ratio: ours / floor,
    promise: 'promised: at most 3',
  };
}
