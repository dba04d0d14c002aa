import { type Kysely, sql, type Transaction } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Assignment, AssignmentPair } from './assignment.ts';
import { minutesAWeek } from './market.ts';
import { costOfInstead, type MarketPlan, planOf } from './market-plan.ts';
import { matchOne } from './match.ts';
import type { RequestFacts, TutorFacts } from './match-facts.ts';
import { noProgress, type PickDetail, type RunProgress } from './matching-run.ts';
import { whatRemoves } from './nobody-fits.ts';
import { type RunFacts, readRunFacts } from './run-facts.server.ts';
import { solveAssignment } from './solve-assignment.server.ts';

/** How long it may look for a better one; and how often at most it solves anew without pairs that found no time together. */
const TIME_LIMIT_SECONDS = 30;
const ROUNDS = 4;
const BEAT_MS = 1_000;
const ALTERNATIVES = 5;

/**
 * Matches everything: reads, scores, solves in a thread of its own, seats everybody in the week, and keeps what came out.
 * Says every second how far it is, and looks whether somebody stopped it: then the best so far is kept. Begun again (its
 * process died) it does all anew. What goes wrong is kept with the run.
 */
export async function solveMatchingRun(
  context: AppContext,
  { runId }: { runId: string },
  { signal, timeLimitSeconds = TIME_LIMIT_SECONDS }: { signal?: AbortSignal; timeLimitSeconds?: number } = {},
): Promise<void> {
  const { db, clock, log } = context;
  const begun = await db
    .updateTable('matchingRun')
    .set((eb) => ({
      status: 'solving',
      startedAt: eb.fn.coalesce('startedAt', eb.val(clock())),
      heartbeatAt: clock(),
      error: null,
    }))
    .where('id', '=', runId)
    .where('status', 'in', ['queued', 'solving'])
    .returning('id')
    .executeTakeFirst();
  if (!begun) return;
  const heart = beating(db, context, runId);
  const abort = AbortSignal.any([heart.stopped, ...(signal ? [signal] : [])]);
  try {
    const facts = await readRunFacts(db, context, { signal: abort, onScored: (pairs) => heart.say({ phase: 'scoring', pairs }) });
    heart.say({ requests: facts.requests.length, tutors: facts.tutorIds.length, pairs: facts.problem.pairs.length });
    const { plan, first } = await solveInRounds(facts, { abort, timeLimitSeconds, say: heart.say });
    // The process ends: whoever takes the job next begins anew.
    signal?.throwIfAborted();
    heart.say({ phase: 'times' });
    await heart.end();
    const details = facts.requests.map((request, row) => detailOf(facts, plan, first, request, row));
    await inTransaction(db, (trx) => keep(trx, context, { runId, facts, plan, first, details, progress: heart.progress() }));
  } catch (error) {
    await heart.end();
    if (signal?.aborted) throw error;
    if (heart.stopped.aborted) return;
    log.error({ err: error, runId }, 'matching failed');
    await db
      .updateTable('matchingRun')
      .set({ status: 'failed', error: 'Something went wrong while solving. Nothing was changed.', finishedAt: clock() })
      .where('id', '=', runId)
      .where('status', '=', 'solving')
      .execute();
  }
}

/** Writes how far it is, once a second; ends when the run is no longer being solved. */
function beating(db: Kysely<DB>, { clock, log }: Pick<AppContext, 'clock' | 'log'>, runId: string) {
  const began = performance.now();
  const stop = new AbortController();
  let progress: RunProgress = noProgress;
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const write = async () => {
    const still = await db
      .updateTable('matchingRun')
      .set({ progress: JSON.stringify(now()), heartbeatAt: clock() })
      .where('id', '=', runId)
      .where('status', '=', 'solving')
      .returning('id')
      .executeTakeFirst();
    if (!still) stop.abort();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    writing = write()
      .catch((error) => log.warn({ err: error, runId }, 'the progress of matching was not written'))
      .finally(() => {
        busy = false;
      });
  }, BEAT_MS);
  const now = (): RunProgress => ({ ...progress, seconds: Math.round((performance.now() - began) / 100) / 10 });
  return {
    stopped: stop.signal,
    say(some: Partial<RunProgress>) {
      progress = { ...progress, ...some };
    },
    progress: now,
    async end() {
      clearInterval(timer);
      await writing;
    },
  };
}

interface Solving {
  abort: AbortSignal;
  timeLimitSeconds: number;
  say(some: Partial<RunProgress>): void;
}

/**
 * An assignment knows hours, not times: pairs that find no time together beside the others are taken out and it is solved
 * again, and the best of these plans counts. The first solution's bound and prices hold for all.
 */
async function solveInRounds(
  facts: RunFacts,
  { abort, timeLimitSeconds, say }: Solving,
): Promise<{ plan: MarketPlan; first: Assignment }> {
  const ends = performance.now() + timeLimitSeconds * 1_000;
  const { problem } = facts;
  let pairs: readonly AssignmentPair[] = problem.pairs;
  let best: MarketPlan | undefined;
  let first: Assignment | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const left = (ends - performance.now()) / 1_000;
    if (first && (left < 1 || abort.aborted)) break;
    const solved = await solveAssignment(
      { ...problem, pairs },
      {
        timeLimitSeconds: first ? left : left * 0.7,
        gap: 0,
        signal: abort,
        onProgress: ({ phase, value, bound }) => (first ? undefined : say({ phase, value, bound, ...gapIn(value, bound) })),
      },
    );
    first ??= solved;
    const plan = planOf(solved.columns ?? new Int32Array(problem.rows).fill(-1), facts);
    if (!best || plan.value < best.value) best = plan;
    if (plan.clashes.length === 0 || best.value <= first.bound) break;
    const out = new Set(plan.clashes.map(({ row, column }) => `${row} ${column}`));
    pairs = pairs.filter(({ row, column }) => !out.has(`${row} ${column}`));
  }
  if (!best || !first) throw new Error('nothing was solved');
  return { plan: best, first };
}

const gapIn = (value: number | null, bound: number | null) =>
  value === null || bound === null ? {} : { gapPoints: Math.max(0, Math.floor(value - bound + 1e-6)) };

function detailOf(facts: RunFacts, plan: MarketPlan, first: Assignment, request: RequestFacts, row: number): PickDetail {
  const { terms, pins } = facts;
  const match = plan.matches[row];
  const own = facts.scores[row] ?? [];
  const alternatives = own
    .map(({ column, score }) => {
      const cost = -score - (facts.bonuses[row] ?? 0);
      const costs = costOfInstead(first, { row, column, cost, use: minutesAWeek(request) }, plan.value);
      return { tutorId: facts.tutorIds[column] as string, score, costs };
    })
    .filter(({ tutorId }) => tutorId !== match?.tutorId)
    .sort((a, b) => (a.costs ?? 0) - (b.costs ?? 0) || b.score - a.score)
    .slice(0, ALTERNATIVES);
  const tutors = (): TutorFacts[] => facts.tutorIds.map((_, column) => facts.tutorFor(request, column));
  const removes = own.length > 0 ? [] : whatRemoves(matchOne(request, tutors(), terms)).slice(0, 3);
  return {
    parts: match?.parts ?? [],
    slots: match?.slots ?? [],
    travelMinutes: match?.travelMinutes ?? null,
    notes: match?.notes ?? [],
    fitting: own.length,
    alternatives,
    removes: removes.map((each) => ({ ...each, alone: each.alone.length })),
    pinned: pins.has(request.id),
  };
}

interface Outcome {
  runId: string;
  facts: RunFacts;
  plan: MarketPlan;
  first: Assignment;
  details: readonly PickDetail[];
  progress: RunProgress;
}

async function keep(trx: Transaction<DB>, { clock }: Pick<AppContext, 'clock'>, outcome: Outcome): Promise<void> {
  const { runId, facts, plan, first, details } = outcome;
  const placed = plan.matches.filter((match) => match !== undefined);
  const points = placed.reduce((sum, { score }) => sum + score, 0);
  const gapPoints = Number.isFinite(first.bound) ? Math.max(0, Math.floor(plan.value - first.bound + 1e-6)) : null;
  const progress: RunProgress = {
    ...outcome.progress,
    phase: 'done',
    value: plan.value,
    bound: Number.isFinite(first.bound) ? first.bound : null,
    gapPoints,
    gap: gapPoints === null ? null : gapPoints / Math.max(1, points + gapPoints),
    placed: placed.length,
    points,
  };
  // Stopped by somebody, it stays so.
  const run = await trx
    .updateTable('matchingRun')
    .set({
      status: sql<string>`CASE WHEN status = 'solving' THEN 'solved' ELSE status END`,
      progress: JSON.stringify(progress),
      finishedAt: clock(),
      heartbeatAt: clock(),
    })
    .where('id', '=', runId)
    .where('status', 'in', ['solving', 'stopped'])
    .returning('id')
    .executeTakeFirst();
  if (!run) return;
  await trx.deleteFrom('matchingPick').where('runId', '=', runId).execute();
  for (let from = 0; from < details.length; from += 500) {
    await trx
      .insertInto('matchingPick')
      .values(
        details.slice(from, from + 500).map((detail, index) => {
          const match = plan.matches[from + index];
          return {
            runId,
            requestId: facts.requests[from + index]?.id as string,
            tutorId: match?.tutorId ?? null,
            score: match?.score ?? null,
            detail: JSON.stringify(detail),
          };
        }),
      )
      .execute();
  }
}
