import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { approveTimeSheets, sendBackTimeSheet } from '#app/domain/payroll/decide-time-sheets.server.ts';
import { listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { archiveWorkKind, saveWorkKind } from '#app/domain/payroll/save-work-kind.server.ts';
import { listTimeSheets, listWorkKinds } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { removeTimeSheet, writeTimeSheet } from '#app/domain/payroll/write-time-sheet.server.ts';
import { anOrganisation, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
let tutorId = '';
let meeting = '';
let marking = '';

async function wrote(workKindId: string, minutes: number, localDate = '2026-03-10') {
  const id = randomUUID();
  await writeTimeSheet(db, ctx, office, { id, tutorId, workKindId, localDate, minutes, note: 'Spring' });
  return id;
}
const work = async () => (await previewPayRun(db, march, ctx.clock())).statements.flatMap((one) => one.lines);

beforeAll(async () => {
  await anOrganisation(db);
  tutorId = (await aTutor(db, { ref: 'T1' })).id;
  await saveWorkKind(db, ctx, office, { name: 'Staff meeting', amountPerHour: 1333n });
  await saveWorkKind(db, ctx, office, { name: 'Marking', amountPerHour: null });
  const kinds = await listWorkKinds(db);
  [marking, meeting] = kinds.map((kind) => kind.id) as [string, string];
});

describe('work that is not teaching', () => {
  it('is paid once the office has approved it, at what an hour of its kind is paid that day, rounded once', async () => {
    const id = await wrote(meeting, 50);
    expect(await work()).toEqual([]);
    expect((await previewPayRun(db, march, ctx.clock())).exceptions.map((one) => one.code)).toEqual(['time_sheets']);
    for (const _ of [1, 2]) await approveTimeSheets(db, ctx, office, { entries: [{ id }] });
    expect((await work()).map(({ kind, minutes, amount, note }) => ({ kind, minutes, amount, note }))).toEqual([
      { kind: 'work', minutes: 50, amount: 1111n, note: 'Staff meeting: Spring' },
    ]);
    const [kind] = (await listWorkKinds(db)).filter((one) => one.id === meeting);
    await saveWorkKind(db, ctx, office, {
      id: meeting,
      version: kind?.version ?? 0,
      name: 'Staff meeting',
      amountPerHour: 9900n,
    });
    expect((await work()).map((line) => line.amount)).toEqual([1111n]);
    const { totals } = await previewPayRun(db, march, ctx.clock());
    expect([totals.wages, totals.adjustments]).toEqual([1111n, 0n]);
  });

  it('of a kind without an amount, who approves it says what an hour is paid', async () => {
    const id = await wrote(marking, 60);
    await expect(approveTimeSheets(db, ctx, office, { entries: [{ id }] })).rejects.toMatchObject({ field: `amount.${id}` });
    // Made longer while the office looks at it: not approved unseen.
    const seen = (await listTimeSheets(db, { statuses: ['submitted'] })).find((entry) => entry.id === id);
    const longer = { id, tutorId, workKindId: marking, localDate: '2026-03-10', note: 'Spring' };
    await writeTimeSheet(db, ctx, office, { ...longer, minutes: 600 });
    await expect(
      approveTimeSheets(db, ctx, office, { entries: [{ id, version: seen?.version, amountPerHour: 2000n }] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await writeTimeSheet(db, ctx, office, { ...longer, minutes: 60 });
    await approveTimeSheets(db, ctx, office, { entries: [{ id, amountPerHour: 2000n }] });
    expect((await work()).map((line) => line.amount).sort()).toEqual([1111n, 2000n]);
    // Sent back, it is not paid; changed, it waits again.
    await sendBackTimeSheet(db, ctx, office, { id, reason: 'It took half as long' });
    expect((await work()).length).toBe(1);
    await writeTimeSheet(db, ctx, office, { id, tutorId, workKindId: marking, localDate: '2026-03-11', minutes: 30, note: '' });
    expect((await listTimeSheets(db, { statuses: ['submitted'] })).map((entry) => [entry.id, entry.minutes])).toEqual([[id, 30]]);
    await removeTimeSheet(db, ctx, office, { id, tutorId });
    expect(await listTimeSheets(db, { statuses: ['submitted'] })).toEqual([]);
  });

  it('in a pay run it stays as it is, and what a void run frees is paid by the next', async () => {
    const { hash } = await previewPayRun(db, march, ctx.clock());
    const { runId } = await approvePayRun(db, ctx, office, { ...march, hash });
    expect((await listPayLines(db, runId)).map((line) => line.kind)).toEqual(['work']);
    const [entry] = await listTimeSheets(db, { tutorId });
    await expect(sendBackTimeSheet(db, ctx, office, { id: entry?.id ?? '', reason: 'x' })).rejects.toMatchObject({
      code: 'locked',
    });
    await expect(removeTimeSheet(db, ctx, office, { id: entry?.id ?? '', tutorId })).rejects.toMatchObject({ code: 'locked' });
  });

  it('is refused for a day to come, of a kind that is archived, and for another tutor’s entry', async () => {
    await expect(wrote(meeting, 60, '2026-04-03')).rejects.toMatchObject({ field: 'localDate' });
    await archiveWorkKind(db, ctx, office, { id: marking, archived: true });
    await expect(wrote(marking, 60)).rejects.toMatchObject({ field: 'workKindId' });
    const other = (await aTutor(db, { ref: 'T2' })).id;
    const id = await wrote(meeting, 60);
    const stolen = { id, tutorId: other, workKindId: meeting, localDate: '2026-03-01', minutes: 5, note: '' };
    await expect(writeTimeSheet(db, ctx, office, stolen)).rejects.toMatchObject({ code: 'not_found' });
    await expect(saveWorkKind(db, ctx, office, { name: 'staff MEETING', amountPerHour: 1n })).rejects.toMatchObject({
      field: 'name',
    });
  });
});
