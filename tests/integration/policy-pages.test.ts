import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { editPolicies } from '#app/domain/organisation/edit-policies.server.ts';
import { listPoliciesInUse, listPolicyEdits } from '#app/domain/organisation/policy-history.server.ts';
import { getProgram } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { action as saveProgram } from '#app/routes/office.programs.$id_.edit/route.tsx';
import { loader as sessionPage } from '#app/routes/office.sessions.$id._index/route.tsx';
import { action as policiesAction, loader as policiesPage } from '#app/routes/office.settings.policies/route.tsx';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { name: 'Ana Admin', roles: ['admin'] });
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const actor: Actor = { userId: admin.id, kind: 'user' };
const program = await aProgram(db);
const subject = await aSubject(db);
const tutor = await aTutor(db, { subjectIds: [subject.id] });
const student = await aStudent(db);
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 4000n });

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split('/').find((part) => part.length === 36) } } as never;
}

async function rulesForm(over: Record<string, string> = {}): Promise<Record<string, string>> {
  const { initial, version } = await policiesPage(await argsOf(admin, '/office/settings/policies'));
  const saved = Object.fromEntries(Object.entries(initial).map(([name, values]) => [name, values[0] ?? '']));
  return { ...saved, version: String(version), ...over };
}

async function booked(wallStart: string) {
  const { sessionId } = await bookSession(db, ctx, actor, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  return sessionId;
}

const step = { 'policies.late_cancel.steps.0.under_hours': '4' };
const full = {
  ...step,
  'policies.late_cancel.steps.0.client_charge_percent': '100',
  'policies.late_cancel.steps.0.tutor_pay_percent': '60',
};

it('rules are tried on a made-up session without being saved, and what was typed stays', async () => {
  const form = await rulesForm({ ...full, intent: 'try', 'try.minutes': '45', 'try.rate': '60', 'try.pay': '40' });
  const answer = await policiesAction(await argsOf(admin, '/office/settings/policies', form));
  const { data } = answer as unknown as {
    data: {
      values: Record<string, string[]>;
      trial: { rows: { what: string; before: { charge: string }; after: { charge: string; pay: string } }[] };
    };
  };
  const row = data.trial.rows.find((one) => one.what.includes('less than 4 hours'));
  expect(row?.before.charge).toContain('22.50');
  expect([row?.after.charge, row?.after.pay].join()).toMatch(/45\.00.*18\.00/);
  expect(data.values['policies.late_cancel.steps.0.under_hours']).toEqual(['4']);
  expect((await getOrganisation(db)).policies.late_cancel.steps).toEqual([]);
});

it('what is missing in a row of steps is said at its field, and nothing is saved', async () => {
  const answer = await policiesAction(await argsOf(admin, '/office/settings/policies', await rulesForm(step)));
  const { data } = answer as unknown as { data: { errors: Record<string, string> } };
  expect(Object.keys(data.errors)).toEqual([
    'policies.late_cancel.steps.0.client_charge_percent',
    'policies.late_cancel.steps.0.tutor_pay_percent',
  ]);
});

it('a program says that it has no steps, or steps of its own, whatever the organisation’s are', async () => {
  const { policies, version } = await getOrganisation(db);
  const steps = [{ under_hours: 4, client_charge_percent: '100', tutor_pay_percent: '60' }];
  await editPolicies(db, ctx, actor, { policies: { ...policies, late_cancel: { ...policies.late_cancel, steps } }, version });
  const save = async (over: Record<string, string>) => {
    const { version: now, name, kind, capacity, chargeBasis, taxPercent } = await getProgram(db, program.id);
    const form = { name, kind, capacity: String(capacity), chargeBasis, taxPercent, version: String(now), ...over };
    await saveProgram(await argsOf(admin, `/office/programs/${program.id}/edit`, form));
    return (await getProgram(db, program.id)).policyOverrides.late_cancel;
  };
  expect(await save({ 'policyOverrides.late_cancel.no_steps': 'on' })).toEqual({ steps: [] });
  const own = 'policyOverrides.late_cancel.steps.2.';
  expect(
    await save({ [`${own}under_hours`]: '2', [`${own}client_charge_percent`]: '80', [`${own}tutor_pay_percent`]: '0' }),
  ).toEqual({ steps: [{ under_hours: 2, client_charge_percent: '80', tutor_pay_percent: '0' }] });
  expect(await save({ 'policyOverrides.late_cancel.steps.0.under_hours': '' })).toBeUndefined();
});

it('a session keeps the rules it was booked by: its page says them, what is different now, and no pay to who sees none', async () => {
  const sessionId = await booked('2026-03-10T10:00');
  const { policies, version } = await getOrganisation(db);
  await editPolicies(db, ctx, actor, {
    policies: { ...policies, late_cancel: { ...policies.late_cancel, client_charge_percent: '75', tutor_pay_percent: '70' } },
    version,
  });
  const page = await sessionPage(await argsOf(admin, `/office/sessions/${sessionId}`));
  expect(page.rules.changed.map((change) => change.rule)).toEqual(['Late cancellation']);
  expect(page.rules.lines.map((line) => line.text).join(' ')).toContain(
    'With less than 4 hours of notice, the client is charged 100%, the tutor is paid 60%.',
  );
  const seen = await sessionPage(await argsOf(scheduler, `/office/sessions/${sessionId}`));
  expect(JSON.stringify(seen.rules)).not.toMatch(/paid \d/);
});

it('who changed which rules is told backwards from what holds, with the programs’, beside what sessions were booked by', async () => {
  const edits = await listPolicyEdits(db);
  expect(edits[0]).toMatchObject({ by: 'Ana Admin', program: null });
  expect([edits[0]?.before, edits[0]?.after].map((one) => one?.lateCancel.clientChargePercent)).toEqual(['50', '75']);
  expect(edits.at(-1)?.before.lateCancel.steps).toEqual([]);
  expect(edits.at(-1)?.after.lateCancel.steps).toHaveLength(1);
  expect(edits.filter((edit) => edit.program?.id === program.id)).toHaveLength(3);
  const inUse = await listPoliciesInUse(db);
  expect(inUse).toMatchObject([{ sessions: 1, firstDay: '2026-03-10', lastDay: '2026-03-10' }]);
});

it('a late cancellation under a step is charged by the step of the booking, though the rules have changed', async () => {
  const sessionId = await booked('2026-03-11T10:00');
  const { policies, version } = await getOrganisation(db);
  await editPolicies(db, ctx, actor, { policies: { ...policies, late_cancel: { ...policies.late_cancel, steps: [] } }, version });
  const session = await db.selectFrom('session').select('startsAt').where('id', '=', sessionId).executeTakeFirstOrThrow();
  ctx.setNow(new Date(session.startsAt.getTime() - 3_600_000).toISOString());
  await cancelSession(db, ctx, actor, { sessionId, by: 'client', reason: '' });
  const charge = await db.selectFrom('charge').select('net').executeTakeFirstOrThrow();
  expect(charge.net).toBe(6000n);
});
