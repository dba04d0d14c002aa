import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { addAvailabilityException } from '#app/domain/scheduling/add-availability-exception.server.ts';
import { timeOffSchema } from '#app/domain/scheduling/availability.schema.ts';
import { listExceptions, listRules } from '#app/domain/scheduling/availability-queries.server.ts';
import { decideTimeOff } from '#app/domain/scheduling/decide-time-off.server.ts';
import { removeAvailabilityException } from '#app/domain/scheduling/remove-availability-exception.server.ts';
import { requestTimeOff } from '#app/domain/scheduling/request-time-off.server.ts';
import { setAvailability } from '#app/domain/scheduling/set-availability.server.ts';
import { listTimeOff } from '#app/domain/scheduling/time-off-queries.server.ts';
import { countToday } from '#app/domain/scheduling/today.server.ts';
import { plansFrom, weekStamp } from '#app/domain/scheduling/week-plan.ts';
import { withdrawTimeOff } from '#app/domain/scheduling/withdraw-time-off.server.ts';
import { anOrganisation, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
await anOrganisation(db);
const user = await aUser(db, { name: 'Tess Tutor', roles: ['tutor'] });
const actor: Actor = { userId: user.id, kind: 'user' };
const office: Actor = { userId: (await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] })).id, kind: 'user' };

const monday = { weekday: 1, startMinute: 900, endMinute: 1140 };
const tuesday = { weekday: 2, startMinute: 540, endMinute: 720 };
const week = (tutorId: string, over = {}) => ({ tutorId, stamp: '', from: null, until: null, spans: [monday], ...over });
const stampOf = async (tutorId: string) => weekStamp(await listRules(db, tutorId));

describe('the weekly hours of a tutor', () => {
  it('are saved as a whole, and a double click saves them once', async () => {
    const tutor = await aTutor(db);
    await setAvailability(db, ctx, actor, week(tutor.id, { spans: [monday, tuesday] }));
    await setAvailability(db, ctx, actor, week(tutor.id, { spans: [monday, tuesday] }));
    expect(await listRules(db, tutor.id)).toEqual([
      { ...monday, validFrom: null, validTo: null },
      { ...tuesday, validFrom: null, validTo: null },
    ]);
    const log = await db.selectFrom('auditLog').select('id').where('subjectId', '=', tutor.id).execute();
    expect(log).toHaveLength(1);
  });

  it('that somebody else saved meanwhile are not overwritten unseen', async () => {
    const tutor = await aTutor(db);
    await setAvailability(db, ctx, actor, week(tutor.id));
    const saved = await stampOf(tutor.id);
    await expect(setAvailability(db, ctx, office, week(tutor.id, { spans: [tuesday] }))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Tess Tutor changed this week'),
      details: { by: 'Tess Tutor', stamp: saved },
    });
    await setAvailability(db, ctx, office, week(tutor.id, { spans: [tuesday], stamp: await stampOf(tutor.id) }));
    expect(plansFrom(await listRules(db, tutor.id), '2026-03-02')).toMatchObject([{ spans: [tuesday] }]);
  });

  it('of two people at once one is saved and the other is told', async () => {
    const tutor = await aTutor(db);
    const both = await Promise.allSettled([
      setAvailability(db, ctx, actor, week(tutor.id)),
      setAvailability(db, ctx, office, week(tutor.id, { spans: [tuesday] })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listRules(db, tutor.id)).toHaveLength(1);
  });

  it('change from today on: what held before stays in the books', async () => {
    const tutor = await aTutor(db);
    await setAvailability(db, ctx, actor, week(tutor.id));
    ctx.setNow('2026-03-09T09:00:00Z');
    await setAvailability(db, ctx, actor, week(tutor.id, { spans: [tuesday], stamp: await stampOf(tutor.id) }));
    ctx.setNow('2026-03-02T09:00:00Z');
    expect(await listRules(db, tutor.id)).toEqual([
      { ...monday, validFrom: null, validTo: '2026-03-09' },
      { ...tuesday, validFrom: '2026-03-09', validTo: null },
    ]);
  });

  it('can be other ones from a day on, for a while, and taken away again', async () => {
    const tutor = await aTutor(db);
    await setAvailability(db, ctx, actor, week(tutor.id));
    const summer = { from: '2026-07-01', until: '2026-08-31', spans: [tuesday], stamp: await stampOf(tutor.id) };
    await setAvailability(db, ctx, actor, week(tutor.id, summer));
    expect(plansFrom(await listRules(db, tutor.id), '2026-03-02')).toEqual([
      { from: null, to: '2026-07-01', spans: [monday] },
      { from: '2026-07-01', to: '2026-09-01', spans: [tuesday] },
      { from: '2026-09-01', to: null, spans: [monday] },
    ]);
    const away = { ...summer, spans: 'before' as const, stamp: await stampOf(tutor.id) };
    await setAvailability(db, ctx, actor, week(tutor.id, away));
    expect(await listRules(db, tutor.id)).toEqual([{ ...monday, validFrom: null, validTo: null }]);
  });
});

describe('a day that differs', () => {
  const day = (tutorId: string, localDate: string) => ({
    id: randomUUID(),
    tutorId,
    localDate,
    open: false,
    startMinute: 0,
    endMinute: 1440,
    note: '',
  });

  it('is added once, whatever is clicked, and can be taken away', async () => {
    const tutor = await aTutor(db);
    const input = day(tutor.id, '2026-03-09');
    await addAvailabilityException(db, ctx, actor, input);
    await addAvailabilityException(db, ctx, actor, input);
    await addAvailabilityException(db, ctx, actor, { ...input, id: randomUUID() });
    expect(await listExceptions(db, tutor.id, '2026-03-02')).toHaveLength(1);
    const other = await aTutor(db);
    await removeAvailabilityException(db, ctx, actor, { tutorId: other.id, id: input.id });
    expect(await listExceptions(db, tutor.id, '2026-03-02')).toHaveLength(1);
    await removeAvailabilityException(db, ctx, actor, { tutorId: tutor.id, id: input.id });
    expect(await listExceptions(db, tutor.id, '2026-03-02')).toEqual([]);
  });

  it('is today or later where the tutor is', async () => {
    const tutor = await aTutor(db, { timezone: 'Pacific/Auckland' });
    await expect(addAvailabilityException(db, ctx, actor, day(tutor.id, '2026-03-01'))).rejects.toMatchObject({
      field: 'localDate',
    });
    await addAvailabilityException(db, ctx, actor, day(tutor.id, '2026-03-02'));
  });
});

describe('time off', () => {
  const asked = (tutorId: string, over = {}) =>
    timeOffSchema.parse({ id: randomUUID(), tutorId, fromDate: '2026-03-28', toDate: '2026-03-30', reason: 'Away', ...over });
  const only = async (tutorId: string) => {
    const [row] = await listTimeOff(db, { tutorId });
    if (!row) throw new Error('no time off');
    return row;
  };

  it('of several days is each of them in the tutor’s zone, also over a clock change', async () => {
    const tutor = await aTutor(db, { timezone: 'Europe/Dublin' });
    await requestTimeOff(db, ctx, actor, asked(tutor.id), 'tutor');
    expect(await only(tutor.id)).toMatchObject({
      status: 'requested',
      allDay: true,
      startsAt: new Date('2026-03-28T00:00:00Z'),
      endsAt: new Date('2026-03-30T23:00:00Z'),
      wallStart: '2026-03-28T00:00',
      wallEnd: '2026-03-31T00:00',
    });
  });

  it('is asked for once, and not again for the same days', async () => {
    const tutor = await aTutor(db);
    const input = asked(tutor.id);
    await requestTimeOff(db, ctx, actor, input, 'tutor');
    await requestTimeOff(db, ctx, actor, input, 'tutor');
    await expect(requestTimeOff(db, ctx, actor, asked(tutor.id, { fromDate: '2026-03-30' }), 'tutor')).rejects.toMatchObject({
      field: 'fromDate',
      message: 'Time off is asked for already in these days.',
    });
    await withdrawTimeOff(db, ctx, actor, { tutorId: tutor.id, id: input.id });
    await requestTimeOff(db, ctx, actor, asked(tutor.id), 'tutor');
    expect((await listTimeOff(db, { tutorId: tutor.id })).map((row) => row.status).sort()).toEqual(['requested', 'withdrawn']);
  });

  it('at a time that the clocks skip says so at its field', async () => {
    const tutor = await aTutor(db, { timezone: 'Europe/Dublin' });
    const input = asked(tutor.id, { fromDate: '2026-03-29', toDate: '', fromTime: '01:30', toTime: '12:00' });
    await expect(requestTimeOff(db, ctx, actor, input, 'tutor')).rejects.toMatchObject({
      code: 'nonexistent_time',
      field: 'fromTime',
    });
  });

  it('that is approved is told by one mail with the note, however often the button is pressed', async () => {
    const tutor = await aTutor(db, { email: 'away@example.test' });
    const input = asked(tutor.id);
    await requestTimeOff(db, ctx, actor, input, 'tutor');
    const { timeOff: waiting } = await countToday(db, ctx.clock());
    const decision = { id: input.id, version: 1, approve: true, note: 'Have fun\nand rest' };
    await decideTimeOff(db, ctx, office, decision);
    await decideTimeOff(db, ctx, office, decision);
    expect(await only(tutor.id)).toMatchObject({ status: 'approved', decidedByName: 'Mia Fox', version: 2 });
    expect((await countToday(db, ctx.clock())).timeOff).toBe(waiting - 1);
    const mails = await db.selectFrom('mailMessage').selectAll().where('toAddress', '=', 'away@example.test').execute();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      template: 'time-off-decided',
      data: { approved: true, note: 'Have fun and rest', off: { firstDay: '2026-03-28', lastDay: '2026-03-30' } },
    });
  });

  it('that the tutor took back meanwhile is not approved', async () => {
    const tutor = await aTutor(db);
    const input = asked(tutor.id);
    await requestTimeOff(db, ctx, actor, input, 'tutor');
    await withdrawTimeOff(db, ctx, actor, { tutorId: tutor.id, id: input.id });
    await expect(decideTimeOff(db, ctx, office, { id: input.id, version: 1, approve: true, note: '' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'The tutor has taken it back meanwhile.',
    });
  });

  it('given by the office is approved at once; of another tutor it can’t be taken back', async () => {
    const tutor = await aTutor(db);
    const input = asked(tutor.id);
    await requestTimeOff(db, ctx, office, input, 'office');
    expect(await only(tutor.id)).toMatchObject({ status: 'approved', decidedByName: 'Mia Fox' });
    const other = await aTutor(db);
    await expect(withdrawTimeOff(db, ctx, actor, { tutorId: other.id, id: input.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
