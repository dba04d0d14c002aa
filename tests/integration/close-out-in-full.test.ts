import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import type { CloseOutInput } from '#app/domain/closeout/close-out.schema.ts';
import { saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { findDraft, saveDraft } from '#app/domain/closeout/save-draft.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const context = testContext(db, { now: '2026-03-10T08:00:00Z' });
await anOrganisation(db);
const program = await aProgram(db, { kind: 'group', capacity: 4 });
const subject = await aSubject(db, { name: 'Physics' });
await aRate(db);
const user = await aUser(db, { roles: ['tutor'] });
const actor: Actor = { userId: user.id, kind: 'user' };
const system: Actor = { userId: null, kind: 'system' };

let day = 10;

/** A lesson of two students who are new, or of these on a day of its own. */
async function taught(students?: readonly { id: string }[]) {
  const [nora, adam] = students ?? [await aStudent(db, { firstName: 'Nora' }), await aStudent(db, { firstName: 'Adam' })];
  if (!nora || !adam) throw new Error('two students are needed');
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  const date = students ? `2026-03-${++day}` : '2026-03-10';
  context.setNow(`${date}T08:00:00Z`);
  const { sessionId } = await bookSession(db, context, system, {
    tutorId: tutor.id,
    studentIds: [nora.id, adam.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart: `${date}T10:00`,
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  context.setNow(`${date}T12:00:00Z`);
  const form: CloseOutInput = {
    sessionId,
    version: 0,
    actualWallStart: `${date}T10:00`,
    actualMinutes: 60,
    notes: 'Levers',
    privateNote: '',
    homework: 'Page 4',
    nextTopics: '',
    attendance: [nora, adam].map(({ id }) => ({ studentId: id, outcome: 'attended' })),
  };
  const submit = (over: Partial<CloseOutInput> = {}, office = false) =>
    submitCloseOut(db, context, actor, { ...form, ...over }, { office });
  const refused = async (over: Partial<CloseOutInput>, office = false) => {
    const error = await submit(over, office).catch((reason: unknown) => reason);
    if (!isDomainError(error)) throw error ?? new Error('it was taken');
    return error;
  };
  const stored = () => db.selectFrom('closeOut').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
  const place = (id: string) =>
    db
      .selectFrom('attendance')
      .selectAll()
      .where('sessionId', '=', sessionId)
      .where('studentId', '=', id)
      .executeTakeFirstOrThrow();
  return { sessionId, nora, adam, form, submit, refused, stored, place };
}

describe('a close-out', () => {
  it('says how it went with each student, and what each is to do until when', async () => {
    const { nora, adam, submit, stored, place } = await taught();
    await submit({
      homeworkDueOn: '2026-03-17',
      summary: 'We began with levers.',
      attendance: [
        { studentId: nora.id, outcome: 'attended', rating: 4, homework: 'Page 9' },
        { studentId: adam.id, outcome: 'no_show', absenceNote: 'Rang at 10:20, no answer' },
      ],
    });
    expect(await stored()).toMatchObject({ homeworkDueOn: '2026-03-17', summary: 'We began with levers.' });
    expect(await place(nora.id)).toMatchObject({ rating: 4, homework: 'Page 9' });
    expect(await place(adam.id)).toMatchObject({ absenceNote: 'Rang at 10:20, no answer', homework: null });
  });

  it('sent again by a phone that lost the answer changes nothing, also when the office has approved it since', async () => {
    const { sessionId, submit, stored, refused } = await taught();
    const submissionKey = randomUUID();
    await submit({ submissionKey });
    await approveCloseOuts(db, context, system, { sessionIds: [sessionId] });
    const approved = await stored();
    await submit({ submissionKey });
    expect(await stored()).toEqual(approved);
    expect((await refused({ submissionKey: randomUUID(), notes: 'Another form' })).code).toBe('conflict');
  });

  it('ten of the same form at once are one close-out and one line of the story', async () => {
    const { sessionId, submit, stored } = await taught();
    const submissionKey = randomUUID();
    await Promise.all(Array.from({ length: 10 }, () => submit({ submissionKey })));
    expect((await stored()).version).toBe(1);
    const told = await db
      .selectFrom('auditLog')
      .select('id')
      .where('sessionId', '=', sessionId)
      .where('action', '=', 'closeout.submit')
      .execute();
    expect(told).toHaveLength(1);
  });

  it('takes the draft away that it began as, and nobody else’s', async () => {
    const { sessionId, submit } = await taught();
    const other = await aUser(db, { roles: ['admin'] });
    await saveDraft(db, context, { sessionId, userId: user.id, fields: { notes: ['Lev'] } });
    await saveDraft(db, context, { sessionId, userId: other.id, fields: { notes: ['On behalf'] } });
    await saveDraft(db, context, { sessionId, userId: user.id, fields: { notes: ['Levers'] } });
    expect(await findDraft(db, { sessionId, userId: user.id })).toMatchObject({ fields: { notes: ['Levers'] } });
    await submit();
    expect(await findDraft(db, { sessionId, userId: user.id })).toBeUndefined();
    expect(await findDraft(db, { sessionId, userId: other.id })).toBeDefined();
  });

  it('that the tutor did not come is the office’s to say, with what happened', async () => {
    const { nora, adam, refused, submit, place } = await taught();
    const attendance = (absenceNote: string) =>
      [nora, adam].map(({ id }) => ({ studentId: id, outcome: 'technical_failure' as const, absenceNote }));
    expect((await refused({ attendance: attendance('No power') })).code).toBe('forbidden');
    expect((await refused({ attendance: attendance('') }, true)).field).toBe('attendance[0].absenceNote');
    await submit({ attendance: attendance('No power in the building') }, true);
    expect(await place(nora.id)).toMatchObject({ outcome: 'technical_failure', absenceNote: 'No power in the building' });
  });
});

describe('goals', () => {
  it('are rated once a session; a later rating replaces it and none takes it back', async () => {
    const { sessionId, nora, submit, refused } = await taught();
    const goal = await db
      .insertInto('goal')
      .values({ studentId: nora.id, title: 'Forces' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ratings = () =>
      db.selectFrom('goalRating').select(['rating', 'note', 'ratedOn']).where('sessionId', '=', sessionId).execute();
    await submit({ goals: [{ goalId: goal.id, rating: 2, note: '' }] });
    await submit({ version: 1, goals: [{ goalId: goal.id, rating: 3, note: 'Draws them now' }] });
    expect(await ratings()).toEqual([{ rating: 3, note: 'Draws them now', ratedOn: '2026-03-10' }]);
    await submit({ version: 2, goals: [{ goalId: goal.id, rating: null, note: '' }] });
    expect(await ratings()).toEqual([]);
    const stranger = await aStudent(db);
    const theirs = await db
      .insertInto('goal')
      .values({ studentId: stranger.id, title: 'Verbs' })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect((await refused({ version: 3, goals: [{ goalId: theirs.id, rating: 5, note: '' }] })).code).toBe('invalid_value');
  });
});

describe('by the company’s rules', () => {
  it('a tutor keeps to the planned times where they are locked, and the office doesn’t', async () => {
    const { refused, submit, stored } = await taught();
    await saveCloseOutRules(db, system, { lock_times: true });
    expect((await refused({ actualMinutes: 45 })).field).toBe('actualMinutes');
    expect((await refused({ actualWallStart: '2026-03-10T10:10' })).field).toBe('actualWallStart');
    await submit({ actualMinutes: 45 }, true);
    // What the office has set stays when the tutor mends the words.
    await submit({ version: 1, actualMinutes: 45, notes: 'Levers and pulleys' });
    expect(await stored()).toMatchObject({ actualMinutes: 45, notes: 'Levers and pulleys' });
    await saveCloseOutRules(db, system, { lock_times: false });
  });

  it('notes go with each session where they are asked for, if somebody came', async () => {
    const { nora, adam, refused, submit } = await taught();
    await saveCloseOutRules(db, system, { notes_required: true });
    expect((await refused({ notes: '' })).field).toBe('notes');
    const absent = (id: string) => ({ studentId: id, outcome: 'no_show' as const });
    await submit({ notes: '', attendance: [{ studentId: nora.id, outcome: 'attended', note: 'Well done' }, absent(adam.id)] });
    await submit({ version: 1, notes: '', attendance: [absent(nora.id), absent(adam.id)] });
    await saveCloseOutRules(db, system, { notes_required: false });
  });
});

describe('the summary', async () => {
  const reader = async (name: string) => {
    const client = await aClient(db, { name, email: `${name.toLowerCase()}@example.test` });
    return aStudent(db, { clientId: client.id, firstName: `${name} Junior`, lastName: '' });
  };
  const [ada, ben] = [await reader('Ada'), await reader('Ben')];
  const mailsOf = (sessionId: string) =>
    db
      .selectFrom('mailMessage')
      .select(['toAddress', 'data'])
      .where('sessionId', '=', sessionId)
      .where('template', '=', 'session-summary')
      .orderBy('toAddress')
      .execute();

  it('goes to each family with its own child’s words and homework, and never with the private note', async () => {
    const { sessionId, submit } = await taught([ada, ben]);
    const attendance = [
      { studentId: ada.id, outcome: 'attended' as const, note: 'Ada leads', homework: 'Page 9' },
      { studentId: ben.id, outcome: 'attended' as const, note: 'Ben listens' },
    ];
    const form = { summary: 'We began\nwith levers.', privateNote: 'CANARY', attendance };
    await submit(form);
    const mails = await mailsOf(sessionId);
    expect(mails.map((mail) => mail.toAddress)).toEqual(['ada@example.test', 'ben@example.test']);
    const [toAda, toBen] = mails.map((mail) => JSON.stringify(mail.data));
    expect(toAda).toContain('Page 9');
    expect(toAda).not.toContain('Page 4');
    expect(toBen).toContain('Page 4');
    expect(`${toAda?.includes('Ben')} ${toBen?.includes('Ada')}`).toBe('false false');
    expect(`${toAda}${toBen}`).not.toContain('CANARY');
    // Mending the private note tells nobody anything new.
    await submit({ ...form, version: 1, privateNote: 'Another' });
    expect(await mailsOf(sessionId)).toHaveLength(2);
  });

  it('goes to nobody whose child did not come, nor where there is nothing to tell or the company sends none', async () => {
    const absent = await taught([ada, ben]);
    await absent.submit({
      summary: 'Short',
      attendance: [
        { studentId: ada.id, outcome: 'attended' },
        { studentId: ben.id, outcome: 'no_show' },
      ],
    });
    expect((await mailsOf(absent.sessionId)).map((mail) => mail.toAddress)).toEqual(['ada@example.test']);
    const silent = await taught([ada, ben]);
    await silent.submit({ homework: '' });
    expect(await mailsOf(silent.sessionId)).toEqual([]);
    await saveCloseOutRules(db, system, { mail_summary: false });
    const off = await taught([ada, ben]);
    await off.submit({ summary: 'Not by mail' });
    expect(await mailsOf(off.sessionId)).toEqual([]);
    await saveCloseOutRules(db, system, { mail_summary: true });
  });

  it('waits for the office where it approves close-outs', async () => {
    const { sessionId, submit } = await taught([ada, ben]);
    const policyVersionId = await db
      .transaction()
      .execute((trx) => policyVersionFor(trx, { ...effectivePolicy({}), completion: 'approval' }));
    await db.updateTable('session').set({ policyVersionId }).where('id', '=', sessionId).execute();
    await submit({ summary: 'Levers' });
    expect(await mailsOf(sessionId)).toEqual([]);
    const office = { userId: (await aUser(db, { roles: ['admin'] })).id, kind: 'user' } as const;
    await approveCloseOuts(db, context, office, { sessionIds: [sessionId] });
    await approveCloseOuts(db, context, office, { sessionIds: [sessionId] });
    expect((await mailsOf(sessionId)).map((mail) => mail.toAddress)).toEqual(['ada@example.test', 'ben@example.test']);
  });
});
