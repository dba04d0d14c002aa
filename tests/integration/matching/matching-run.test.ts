import { beforeEach, describe, expect, it } from 'vitest';
import { acceptPicks } from '#app/domain/matching/accept-picks.server.ts';
import {
  countOpenRequests,
  countPicks,
  listMatchingRuns,
  listPicks,
  listWishes,
} from '#app/domain/matching/run-queries.server.ts';
import { solveMatchingRun } from '#app/domain/matching/solve-run.server.ts';
import { startMatchingRun } from '#app/domain/matching/start-run.server.ts';
import { stopMatchingRun } from '#app/domain/matching/stop-run.server.ts';
import { wishPair } from '#app/domain/matching/wish-pair.server.ts';
import { aStudent } from '#tests/factories/index.ts';
import { ground, office } from '#tests/integration/scheduling/ground.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aRequestAt } from './requests.ts';

const { db } = await testDatabase();
// Monday 2 March 2026, 09:00 in Dublin.
const { context, subject, program, tutor, hours } = await ground(db, { unsetAvailability: 'never' });

const asking = (over: Partial<Parameters<typeof aRequestAt>[1]> = {}) =>
  aRequestAt(db, { subjectId: subject.id, programId: program.id, ...over });
const onTuesday = { weekday: 2, startMinute: 16 * 60, endMinute: 17 * 60, wished: true };

beforeEach(async () => {
  await db.updateTable('request').set({ closedAt: new Date() }).execute();
  await db.updateTable('tutor').set({ status: 'left' }).execute();
  await db.deleteFrom('matchingWish').execute();
  await db.updateTable('matchingRun').set({ status: 'failed' }).where('status', 'in', ['queued', 'solving']).execute();
});

async function matchAll() {
  const { id } = await startMatchingRun(db, context, office);
  await solveMatchingRun(context, { runId: id });
  const [run] = await listMatchingRuns(db, { id });
  const of = (show: Parameters<typeof listPicks>[1]['show']) => listPicks(db, { runId: id, show, page: 1 });
  return { id, run, proposed: await of('proposed'), nobody: await of('nobody'), of };
}

describe('all open requests are matched at once', () => {
  it('so that nobody is left without, where one after the other would leave somebody', async () => {
    // Both suit Ann, who has an hour; only the first can be taught by Ben.
    const ann = await tutor();
    const ben = await tutor();
    await hours(ann.id, 2, 16, 17);
    await hours(ben.id, 3, 9, 10);
    const either = await asking();
    const onlyAnn = await asking({ times: [onTuesday] });
    const { run, proposed } = await matchAll();
    expect(new Map(proposed.map(({ requestId, tutorId }) => [requestId, tutorId]))).toEqual(
      new Map([
        [either.id, ben.id],
        [onlyAnn.id, ann.id],
      ]),
    );
    expect(run).toMatchObject({ status: 'solved', progress: { phase: 'done', placed: 2, gapPoints: 0, requests: 2, tutors: 2 } });
    for (const { score, detail } of proposed) expect(score).toBe(detail.parts.reduce((sum, { points }) => sum + points, 0));
  });

  it('and no two of a tutor, nor of a student, have the same time', async () => {
    const ann = await tutor();
    await hours(ann.id, 2, 15, 19);
    const student = await aStudent(db);
    await asking({ times: [onTuesday] });
    await asking({ times: [onTuesday] });
    await asking({ studentId: student.id });
    await asking({ studentId: student.id });
    const { proposed, nobody } = await matchAll();
    expect(nobody).toHaveLength(1);
    const starts = proposed.flatMap(({ detail }) => detail.slots.map(({ start }) => start));
    expect(starts).toHaveLength(3);
    expect(
      Math.min(...starts.toSorted((a, b) => a - b).map((start, i, all) => (all[i + 1] ?? Number.POSITIVE_INFINITY) - start)),
    ).toBe(60);
  });

  it('and who can’t be placed is the least urgent, with what stands in the way', async () => {
    const ann = await tutor({ maxHoursPerWeek: '1' });
    await hours(ann.id, 2, 9, 19);
    await asking({ urgency: 'low' });
    const urgent = await asking({ urgency: 'high' });
    await asking({ mode: 'in_person', times: [{ weekday: 7, startMinute: 0, endMinute: 60, wished: true }] });
    const { proposed, nobody } = await matchAll();
    expect(proposed.map(({ requestId }) => requestId)).toEqual([urgent.id]);
    expect(nobody.map(({ detail }) => ({ fitting: detail.fitting, rules: detail.removes.map(({ rule }) => rule) }))).toEqual(
      expect.arrayContaining([
        { fitting: 1, rules: [] },
        { fitting: 0, rules: ['times'] },
      ]),
    );
  });
});

describe('what a person says', () => {
  it('is kept: never this one, this one in any case; solved again it holds', async () => {
    const [ann, ben] = [await tutor(), await tutor()];
    await hours(ann.id, 2, 9, 19);
    await hours(ben.id, 2, 9, 19);
    const [one, other] = [await asking(), await asking()];
    const before = await matchAll();
    const first = before.proposed.find(({ requestId }) => requestId === one.id);
    const instead = first?.detail.alternatives[0];
    expect(instead).toMatchObject({ tutorId: first?.tutorId === ann.id ? ben.id : ann.id, costs: expect.any(Number) });
    await wishPair(db, context, office, {
      requestId: one.id,
      tutorId: first?.tutorId as string,
      kind: 'veto',
      reason: 'Too far',
    });
    expect((await before.of('dropped')).map(({ requestId }) => requestId)).toEqual([one.id]);
    await wishPair(db, context, office, { requestId: other.id, tutorId: ann.id, kind: 'pin' });
    await wishPair(db, context, office, { requestId: other.id, tutorId: ben.id, kind: 'pin' });
    expect(new Map((await listWishes(db)).map(({ kind, tutorId }) => [kind, tutorId]))).toEqual(
      new Map([
        ['pin', ben.id],
        ['veto', first?.tutorId],
      ]),
    );
    const { proposed } = await matchAll();
    expect(new Map(proposed.map(({ requestId, tutorId }) => [requestId, tutorId]))).toEqual(
      new Map([
        [one.id, instead?.tutorId],
        [other.id, ben.id],
      ]),
    );
    expect(proposed.find(({ requestId }) => requestId === other.id)?.wish).toBe('pin');
    await wishPair(db, context, office, { requestId: other.id, tutorId: ben.id, kind: null });
    expect(await listWishes(db)).toHaveLength(1);
  });

  it('is accepted once, in part: it is offered at its times, and not matched again while the tutor is asked', async () => {
    const ann = await tutor();
    await hours(ann.id, 2, 16, 18);
    const [one, other] = [await asking({ times: [onTuesday] }), await asking()];
    const { id, of } = await matchAll();
    const accept = { runId: id, requestIds: [one.id] };
    const twice = [await acceptPicks(db, context, office, accept), await acceptPicks(db, context, office, accept)];
    expect(twice).toEqual([
      { accepted: 1, refused: [] },
      { accepted: 0, refused: [] },
    ]);
    const offers = await db.selectFrom('offer').select(['requestId', 'terms', 'kind']).execute();
    expect(offers).toMatchObject([
      {
        requestId: one.id,
        kind: 'one',
        terms: { times: [{ weekday: 2, startMinute: 960 }], mode: 'online', sessionMinutes: 60 },
      },
    ]);
    expect(await countPicks(db, id)).toEqual({ proposed: 1, nobody: 0, offered: 1, dropped: 0 });
    expect((await of('offered'))[0]?.over).toBe('offered');
    expect(await countOpenRequests(db)).toEqual({ open: 1, offered: 1, incomplete: 0 });
    const { proposed } = await matchAll();
    expect(proposed.map(({ requestId, detail }) => [requestId, detail.slots[0]?.start])).toEqual([[other.id, 1440 + 17 * 60]]);
  });

  it('is not offered when a rule is broken meanwhile; the others are', async () => {
    const [ann, ben] = [await tutor(), await tutor()];
    await hours(ann.id, 2, 9, 10);
    await hours(ben.id, 2, 9, 10);
    const [one, other] = [await asking(), await asking()];
    const { id, proposed } = await matchAll();
    const lost = proposed.find(({ requestId }) => requestId === one.id)?.tutorId as string;
    await db.updateTable('tutor').set({ status: 'dormant' }).where('id', '=', lost).execute();
    const { accepted, refused } = await acceptPicks(db, context, office, { runId: id, requestIds: [one.id, other.id] });
    expect({ accepted, refused }).toEqual({
      accepted: 1,
      refused: [{ requestId: one.id, message: 'This tutor is not active any more. Solve it again.' }],
    });
  });
});

describe('a run', () => {
  it('is one at a time, unless the one before shows no sign of life', async () => {
    const { id } = await startMatchingRun(db, context, office);
    expect(context.jobs.at(-1)).toEqual({ name: 'matching.solve', data: { runId: id } });
    await expect(startMatchingRun(db, context, office)).rejects.toMatchObject({ code: 'conflict' });
    await db
      .updateTable('matchingRun')
      .set({ heartbeatAt: new Date('2026-03-02T08:00:00Z') })
      .where('id', '=', id)
      .execute();
    await startMatchingRun(db, context, office);
    expect(await listMatchingRuns(db, { id })).toMatchObject([
      { status: 'failed', error: expect.stringContaining('no sign of life') },
    ]);
  });

  it('that was stopped before it began does nothing, and one that is over is not done again', async () => {
    await asking();
    const { id } = await startMatchingRun(db, context, office);
    await stopMatchingRun(db, context, office, { runId: id });
    await solveMatchingRun(context, { runId: id });
    expect(await listMatchingRuns(db, { id })).toMatchObject([{ status: 'stopped', progress: { phase: 'reading' } }]);
  });

  it('whose process ends is begun again by whoever takes the job next', async () => {
    const ann = await tutor();
    await hours(ann.id, 2, 9, 10);
    await asking();
    const { id } = await startMatchingRun(db, context, office);
    await expect(solveMatchingRun(context, { runId: id }, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await listMatchingRuns(db, { id })).toMatchObject([{ status: 'solving' }]);
    await solveMatchingRun(context, { runId: id });
    expect(await listMatchingRuns(db, { id })).toMatchObject([{ status: 'solved', progress: { placed: 1 } }]);
  });

  it('of no requests is over at once', async () => {
    const { run } = await matchAll();
    expect(run).toMatchObject({ status: 'solved', progress: { placed: 0, requests: 0 } });
  });
});
