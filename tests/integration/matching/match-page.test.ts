import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader as matchPage } from '#app/routes/office.requests.$id_.match/route.tsx';
import { loader as matchingPage, action as saveMatching } from '#app/routes/office.settings.matching/route.tsx';
import { loader as studentPage } from '#app/routes/office.students.$id/route.tsx';
import { action as exclude, loader as exclusionsPage } from '#app/routes/office.students.$id_.exclusions/route.tsx';
import { aRate, aUser } from '#tests/factories/index.ts';
import { ground } from '#tests/integration/scheduling/ground.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aRequestAt } from './requests.ts';

const { db } = await testDatabase();
// Monday 2 March 2026, 09:00 in Dublin.
const { context: ctx, subject, program, tutor, hours, book } = await ground(db, { unsetAvailability: 'never' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const [admin, scheduler] = [await aUser(db, { roles: ['admin'] }), await aUser(db, { roles: ['scheduler'] })];

const ann = await tutor({ firstName: 'Ann', lastName: 'Byrne', gender: 'female', languages: ['en', 'ga'] });
const zoe = await tutor({ firstName: 'Zoë', lastName: 'Kelly', gender: 'male' });
for (const { id } of [ann, zoe]) await hours(id, 2, 14, 18);
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 3333n });
await aRate(db, { side: 'pay', amountPerHour: 4444n, tutorId: zoe.id });

const times = [
  { weekday: 2, startMinute: 15 * 60, endMinute: 16 * 60, wished: false },
  { weekday: 2, startMinute: 16 * 60, endMinute: 17 * 60, wished: true },
];
const asked = { subjectId: subject.id, programId: program.id, times };

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const id = path.split(/[/?]/).find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

const textOf = (value: unknown) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
const rankingOf = async (user: { id: string }, id: string, search = '') => {
  const { ranking } = await matchPage(await argsOf(user, `/office/requests/${id}/match${search}`));
  if (!ranking) throw new Error('the request says too little');
  return ranking;
};

describe('tutors for a request', () => {
  it('are shown with parts that add up, with times that are really free, and with what an hour costs', async () => {
    const request = await aRequestAt(db, { ...asked, wishGender: 'female' });
    await book(ann.id, '2026-03-03T16:30');
    const { list, fitting, looked } = await rankingOf(admin, request.id);
    expect([fitting, looked]).toEqual([2, 2]);
    expect(list.map(({ name }) => name)).toEqual(['Ann Byrne', 'Zoë Kelly']);
    for (const { score, parts } of list) expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
    expect(list[0]).toMatchObject({
      slots: ['Tue 16:00'],
      // This Tuesday only the possible time is free.
      next: ['Tomorrow, 15:00', 'Tue, 10 Mar, 16:00', 'Tue, 17 Mar, 16:00'],
      charge: 6000n,
      money: { pay: 3333n, margin: 2667n },
    });
    expect(list[1]).toMatchObject({ money: { pay: 4444n, margin: 1556n } });
  });

  it('come without pay and margin for a scheduler, who sees the price', async () => {
    const request = await aRequestAt(db, asked);
    const { list } = await rankingOf(scheduler, request.id, `?compare=1&tutor=${ann.id}&tutor=${zoe.id}`);
    expect(list.map(({ charge }) => charge)).toEqual([6000n, 6000n]);
    const all = textOf(
      await matchPage(await argsOf(scheduler, `/office/requests/${request.id}/match?compare=1&tutor=${ann.id}`)),
    );
    expect(all).not.toMatch(/"(pay|margin|money)"|3333|4444/);
  });

  it('are narrowed by the address, and three of them stand side by side', async () => {
    const request = await aRequestAt(db, asked);
    const names = async (search: string) => (await rankingOf(scheduler, request.id, search)).list.map(({ name }) => name);
    expect(await names('?q=zoe')).toEqual(['Zoë Kelly']);
    expect(await names('?gender=female')).toEqual(['Ann Byrne']);
    expect(await names('?language=ga')).toEqual(['Ann Byrne']);
    expect(await names('?known=1')).toEqual([]);
    const { compared } = await rankingOf(scheduler, request.id, `?compare=1&tutor=${ann.id}&tutor=${zoe.id}`);
    expect(compared.map(({ name }) => name)).toEqual(['Ann Byrne', 'Zoë Kelly']);
  });

  it('say what is missing where nobody was chosen to be compared', async () => {
    const request = await aRequestAt(db, asked);
    expect(await rankingOf(scheduler, request.id, '?compare=1')).toMatchObject({ noneToCompare: true, compared: [] });
    expect(await rankingOf(scheduler, request.id)).toMatchObject({ noneToCompare: false });
  });

  it('where nobody fits: each rule says whom it removes, and who appears when it alone is loosened', async () => {
    const monday = [{ weekday: 1, startMinute: 9 * 60, endMinute: 12 * 60, wished: true }];
    const request = await aRequestAt(db, { ...asked, times: monday, sessionsPerWeek: 1 });
    await db.insertInto('matchingWish').values({ requestId: request.id, tutorId: zoe.id, kind: 'veto' }).execute();
    const { fitting, rules } = await rankingOf(scheduler, request.id);
    expect(fitting).toBe(0);
    expect(rules).toMatchObject([
      {
        rule: 'times',
        removes: 2,
        appear: [{ name: 'Ann Byrne', message: 'Has no 60 min free at the times asked for.' }],
        more: 0,
      },
      { rule: 'excluded', removes: 1, appear: [] },
    ]);
  });

  it('are not looked for while the request has no subject', async () => {
    const request = await aRequestAt(db, asked);
    await db.updateTable('request').set({ subjectId: null }).where('id', '=', request.id).execute();
    const page = await matchPage(await argsOf(scheduler, `/office/requests/${request.id}/match`));
    expect(page).toMatchObject({ ranking: undefined, head: { subjectName: null } });
  });
});

describe('tutors ruled out for a student', () => {
  it('are never proposed, whatever else speaks for them, until it is taken back; twice is once', async () => {
    const request = await aRequestAt(db, asked);
    const path = `/office/students/${request.studentId}/exclusions`;
    const names = async () => (await rankingOf(scheduler, request.id)).list.map(({ name }) => name);
    for (const reason of ['', 'Asked for somebody else'])
      await exclude(await argsOf(scheduler, path, { tutorId: ann.id, reason }));
    expect(await names()).toEqual(['Zoë Kelly']);
    const page = await exclusionsPage(await argsOf(scheduler, path));
    expect(page.exclusions).toEqual([{ tutorId: ann.id, tutorName: 'Ann Byrne', reason: 'Asked for somebody else' }]);
    expect(page.tutors.map(({ name }) => name)).not.toContain('Ann Byrne');
    const student = await studentPage(await argsOf(scheduler, `/office/students/${request.studentId}`));
    expect(student.exclusions).toHaveLength(1);
    for (let i = 0; i < 2; i++) await exclude(await argsOf(scheduler, path, { readmit: ann.id }));
    expect(await names()).toEqual(['Ann Byrne', 'Zoë Kelly']);
    const log = await db
      .selectFrom('auditLog')
      .select(['action', 'before', 'after'])
      .where('subjectId', '=', request.studentId)
      .orderBy('id')
      .execute();
    expect(log.map(({ action }) => action)).toEqual(['student.exclude_tutor', 'student.readmit_tutor']);
    expect(textOf(log)).not.toContain('Byrne');
  });

  it('are refused at the field where nobody was chosen', async () => {
    const { studentId } = await aRequestAt(db, asked);
    const answer = await exclude(
      await argsOf(scheduler, `/office/students/${studentId}/exclusions`, { tutorId: '', reason: 'x' }),
    );
    expect(answer).toMatchObject({ data: { errors: { tutorId: 'Choose a tutor' }, values: { reason: ['x'] } } });
  });
});

describe('the weights', () => {
  const typed = {
    'matching.weights.times': '0',
    'matching.weights.continuity': '0',
    'matching.weights.load': '0',
    'matching.weights.distance': '0',
    'matching.weights.wishes': '50',
    'matching.weights.outcomes': '0',
    'matching.answerHours': '24',
    'matching.remindHours': '6',
  };
  const path = '/office/settings/matching';

  it('are tried on a real request before they are saved, and hold for the next ranking after', async () => {
    const request = await aRequestAt(db, { ...asked, wishGender: 'male' });
    const { preview, version, saved } = await matchingPage(await argsOf(admin, `${path}?request=${request.id}`));
    expect(saved.wishes).toBe(15);
    expect(preview.requestId).toBe(request.id);
    expect(preview.tutors.map(({ name, worths }) => [name, worths.wishes])).toEqual([
      ['Ann Byrne', 0],
      ['Zoë Kelly', 1],
    ]);
    await saveMatching(await argsOf(admin, path, { ...typed, version: String(version) }));
    expect((await rankingOf(scheduler, request.id)).list.map(({ name, score }) => [name, score])).toEqual([
      ['Zoë Kelly', 50],
      ['Ann Byrne', 0],
    ]);
  });

  it('are refused at the field, and over somebody else’s change only when it was seen', async () => {
    const { version } = await matchingPage(await argsOf(admin, path));
    const wrong = { ...typed, 'matching.weights.times': '101', 'matching.remindHours': '24', version: String(version) };
    expect(await saveMatching(await argsOf(admin, path, wrong))).toMatchObject({
      data: { errors: { 'matching.weights.times': 'Enter a whole number of points from 0 to 100' } },
    });
    const late = await saveMatching(
      await argsOf(admin, path, { ...typed, 'matching.remindHours': '24', version: String(version) }),
    );
    expect(late).toMatchObject({ data: { errors: { 'matching.remindHours': 'Enter fewer hours than there are to answer' } } });
    const stale = await saveMatching(await argsOf(admin, path, { ...typed, version: String(version - 1) }));
    expect(stale).toMatchObject({ data: { conflict: { version } } });
  });
});
