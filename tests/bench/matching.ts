import { planOf } from '#app/domain/matching/market-plan.ts';
import { readRunFacts } from '#app/domain/matching/run-facts.server.ts';
import { solveAssignment } from '#app/domain/matching/solve-assignment.server.ts';
import type { Ground } from './ground.ts';
import type { BenchLine } from './line.ts';
import { fillMarket, REQUESTS, TUTORS } from './matching-fill.ts';
import { serveAsScheduler } from './serve-as-scheduler.ts';

const LIMIT_SECONDS = 30;
const PAGES = ['/office/requests', '/office/tutors', '/office/sessions', '/office/matching'];
const IDLE_ROUNDS = 20;

/** A whole term matched in the process that serves the pages: how soon, how well, with how much, and what the pages feel of it. */
export async function benchMatching(ground: Ground): Promise<BenchLine[]> {
  const { context, origin, cookie, stop } = await serveAsScheduler(ground, 'bench_matching');
  try {
    await fillMarket(context.db);
    const idle: number[] = [];
    await round(origin, cookie, []);
    for (let i = 0; i < IDLE_ROUNDS; i++) await round(origin, cookie, idle);

    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 100);
    let solving = true;
    const busy: number[] = [];
    const visiting = (async () => {
      while (solving) await round(origin, cookie, busy);
    })();
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1_000;
    const facts = await readRunFacts(context.db, context);
    const read = seconds();
    let first: { value: number; at: number } | undefined;
    const solved = await solveAssignment(facts.problem, {
      timeLimitSeconds: LIMIT_SECONDS,
      gap: 0,
      onProgress: ({ value }) => {
        if (value !== null) first ??= { value, at: seconds() };
      },
    });
    const plan = planOf(solved.columns ?? new Int32Array(facts.requests.length).fill(-1), facts);
    solving = false;
    await visiting;
    clearInterval(watch);
    const placed = (columns: readonly unknown[]) => columns.filter((each) => each !== undefined && each !== -1).length;
    const points = (value: number) => Math.abs(value) || 1;
    return [
      {
        what: `${REQUESTS} requests and ${TUTORS} tutors matched at once, ${facts.problem.pairs.length} possible pairs`,
        ours: `first answer after ${(first?.at ?? Number.NaN).toFixed(1)} s (${read.toFixed(1)} s of it read and scored), ${placed([...(solved.columns ?? [])])} placed by hours, ${placed(plan.matches)} with times`,
        against: `gap after ${solved.seconds.toFixed(1)} s: ${(solved.gap * 100).toFixed(3)} %${solved.optimal ? ', proven' : ''}; with times ${((100 * (plan.value - solved.bound)) / points(plan.value)).toFixed(3)} %`,
        ratio: solved.gap / 0.001,
        promise: 'at most 1: a gap of 0.1 % after 30 s',
      },
      {
        what: 'Memory of the process that serves and solves',
        ours: `${(peak / 2 ** 20).toFixed(0)} MB at most`,
        against: `${(before / 2 ** 20).toFixed(0)} MB before; 1,024 MB`,
        ratio: peak / 2 ** 30,
        promise: 'at most 1',
      },
      {
        what: 'Pages meanwhile, one after the other',
        ours: `p95 ${percentile(busy).toFixed(0)} ms of ${busy.length}, slowest ${Math.max(...busy).toFixed(0)} ms`,
        against: `p95 ${percentile(idle).toFixed(0)} ms of ${idle.length} without it`,
        ratio: percentile(busy) / percentile(idle),
        promise: 'at most 2',
      },
    ];
  } finally {
    await stop();
  }
}

async function round(origin: string, cookie: string, into: number[]): Promise<void> {
  for (const page of PAGES) {
    const start = performance.now();
    const answer = await fetch(origin + page, { headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${page} was answered with ${answer.status}`);
    into.push(performance.now() - start);
  }
}

const percentile = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
