import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { mergePeople } from '#app/domain/merging/merge-people.server.ts';
import { erasePerson } from '#app/domain/privacy/erase-person.server.ts';
import { exportPerson } from '#app/domain/privacy/export-person.server.ts';
import { PERSONAL_DATA } from '#app/domain/privacy/personal-data.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { FOUND_KINDS, search } from '#app/domain/search/search.server.ts';
import {
  aClient,
  anOrganisation,
  aPlace,
  aProgram,
  aRequest,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db, { capacity: 5 });
const admin = await aUser(db, { roles: ['admin'] });
const actor = { userId: admin.id, kind: 'user' } as const;

/** Where a text stands, as table names; documents and the log apart. */
async function placesOf(text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`.execute(db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM ${sql.table(name)} r WHERE to_jsonb(r)::text ILIKE ${`%${text}%`}`.execute(db);
    if ((rows[0]?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

it('every column of every table is thought about: a new one fails here until it is', async () => {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT table_name::text AS table, column_name::text AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE 'schema_migration%' ORDER BY 1, 2`.execute(db);
  const there = rows.map(({ table, column }) => `${table}.${column}`);
  const mapped = Object.entries(PERSONAL_DATA)
    .flatMap(([table, classes]) =>
      Object.values(classes).flatMap((columns: string) => columns.split(' ').map((column) => `${table}.${column}`)),
    )
    .sort();
  expect(mapped.filter((column, i) => mapped.indexOf(column) !== i)).toEqual([]);
  expect({ unmapped: there.filter((c) => !mapped.includes(c)), gone: mapped.filter((c) => !there.includes(c)) }).toEqual({
    unmapped: [],
    gone: [],
  });
});

describe('a family that is erased', () => {
  it('leaves no name outside the documents that were issued to it', async () => {
    const user = await aUser(db, { roles: ['client'], email: 'rosalind.canary@example.test', name: 'Rosalind Canary' });
    const client = await aClient(db, {
      name: 'Rosalind Canary',
      email: 'rosalind.canary@example.test',
      phone: '+353 87 999 1234',
      address: '7 Canary Wharf',
      notes: 'Canary likes mornings',
      userId: user.id,
      custom: JSON.stringify({ x: 'Canary' }),
    });
    const place = await aPlace(db, { name: 'Canary home', address: '7 Canary Wharf', clientId: client.id });
    const child = await aStudent(db, { clientId: client.id, firstName: 'Nell', lastName: 'Canary', notes: 'Canary' });
    const twin = await aStudent(db, { clientId: client.id, firstName: 'Nell', lastName: 'Canary' });
    const other = await aStudent(db, { firstName: 'Otto', lastName: 'Other' });
    const tutor = await aTutor(db, { subjectIds: [maths.id] });
    await mergePeople(db, ctx, actor, { kind: 'student', keepId: child.id, mergeId: twin.id });
    const request = await aRequest(db, {
      studentId: child.id,
      subjectId: maths.id,
      wishes: 'Canary',
      placeId: place.id,
      custom: JSON.stringify({ y: 'Canary' }),
    });
    await db
      .insertInto('note')
      .values([
        { clientId: client.id, body: 'Canary' },
        { requestId: request.id, body: 'Canary' },
        { studentId: other.id, body: 'Sits beside Nell Canary, who is called NELL CANARY by all' },
      ])
      .execute();
    const file = await db
      .insertInto('file')
      .values({ studentId: child.id, name: 'Canary.pdf', mediaType: 'application/pdf', bytes: 6, sha256: 'x' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('fileContent')
      .values({ fileId: file.id, content: Buffer.from('Canary') })
      .execute();
    await db.insertInto('task').values({ title: 'Call Canary', clientId: client.id }).execute();
    const book = (studentIds: string[], wallStart: string) =>
      bookSession(db, ctx, actor, {
        tutorId: tutor.id,
        programId: program.id,
        subjectId: maths.id,
        studentIds,
        wallStart,
        zone: 'Europe/Dublin',
        durationMinutes: 60,
        mode: 'in_person',
        location: '7 Canary Wharf',
        title: 'Canary lesson',
        billable: false,
      } as never);
    const alone = await book([child.id], '2026-03-03T16:00');
    const group = await book([child.id, other.id], '2026-03-04T16:00');
    await expect(erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref })).rejects.toMatchObject({
      code: 'conflict',
      message: '2 sessions are planned or not closed out yet.',
    });
    await sql`UPDATE session SET status = 'closed_out'`.execute(db);
    await sql`INSERT INTO make_up (attendance_id, student_id, program_id, minutes, expires_on)
      SELECT id, student_id, ${program.id}, 60, '2026-06-01' FROM attendance
      WHERE session_id = ${(alone as { sessionId: string }).sessionId}`.execute(db);
    await expect(erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref })).rejects.toMatchObject({
      code: 'conflict',
      message: '1 missed lesson is still to be made up for or charged.',
    });
    await sql`UPDATE make_up SET state = 'given_up'`.execute(db);
    for (const { sessionId } of [alone, group] as { sessionId: string }[]) {
      await db
        .insertInto('closeOut')
        .values({
          sessionId,
          actualStartsAt: new Date(),
          actualMinutes: 60,
          submittedAt: new Date(),
          notes: 'Nell Canary did well',
          privateNote: 'Call rosalind.canary@example.test',
        })
        .execute();
    }
    for (const { sessionId } of [alone, group] as { sessionId: string }[]) {
      await db.insertInto('classroom').values({ sessionId, openedAt: new Date() }).execute();
      const common = { sessionId, personKey: user.id, userId: user.id, name: 'Rosalind Canary' };
      const shared = await db
        .insertInto('classroomFile')
        .values({
          ...{ sessionId, purpose: 'chat', name: 'Canary.txt', mediaType: 'text/plain', bytes: 6, sha256: 'x', userId: user.id },
          ...{ content: Buffer.from('Canary'), createdAt: new Date() },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('classroomMessage')
        .values([
          { ...common, id: randomUUID(), body: 'Canary here', fileId: shared.id, sentAt: new Date() },
          {
            ...common,
            id: randomUUID(),
            personKey: 't',
            userId: null,
            name: 'Tutor',
            body: 'Hello Nell Canary',
            sentAt: new Date(),
          },
        ])
        .execute();
      await db
        .insertInto('classroomPerson')
        .values({ ...common, role: 'guest', state: 'admitted', changedAt: new Date() })
        .execute();
      await db
        .insertInto('meetingPresence')
        .values({ ...common, source: 'classroom', email: user.email, joinedAt: new Date() })
        .execute();
    }
    await sql`UPDATE close_out SET summary = 'Nell Canary worked well'`.execute(db);
    await sql`UPDATE attendance SET absence_note = 'Rang Canary', homework = 'Canary page 4', homework_answer = 'Canary done', rating = 4
      WHERE student_id = ${child.id}`.execute(db);
    await db
      .insertInto('closeOutDraft')
      .values({ sessionId: group.sessionId, userId: admin.id, body: '{"notes": "Nell Canary again"}', savedAt: new Date() })
      .execute();
    const homework = await db
      .insertInto('sessionFile')
      .values({
        ...{ sessionId: group.sessionId, studentId: child.id, kind: 'answer', name: 'Canary.pdf', mediaType: 'application/pdf' },
        ...{ bytes: 6, sha256: 'x', uploadedBy: user.id },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('sessionFileContent')
      .values({ fileId: homework.id, content: Buffer.from('Canary') })
      .execute();
    const goal = await db
      .insertInto('goal')
      .values({ studentId: child.id, title: 'Canary reads' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('goalRating')
      .values({ goalId: goal.id, sessionId: group.sessionId, rating: 3, note: 'Canary', ratedOn: '2026-03-04' })
      .execute();
    const said = { sessionId: group.sessionId, studentId: child.id, tutorId: tutor.id };
    await db
      .insertInto('feedback')
      .values({ ...said, side: 'client', userId: user.id, rating: 5, body: 'Nell Canary liked it' })
      .execute();
    const [own, others] = await db
      .insertInto('conversation')
      .values([
        { tutorId: tutor.id, studentId: child.id },
        { tutorId: tutor.id, studentId: other.id },
      ])
      .returning('id')
      .execute();
    await db
      .insertInto('conversationMessage')
      .values([
        { conversationId: own?.id ?? '', side: 'client', senderUserId: user.id, senderClientId: client.id, body: 'Canary here' },
        { conversationId: others?.id ?? '', side: 'client', senderClientId: client.id, body: 'Canary writes here too' },
        { conversationId: others?.id ?? '', side: 'tutor', body: 'Otto sits with Nell Canary' },
      ])
      .execute();
    await db.insertInto('mailPreference').values({ address: user.email, kind: 'reminders', wanted: false }).execute();
    await db.insertInto('mailBlock').values({ address: user.email, cause: 'hard', detail: 'Canary unknown' }).execute();
    const run = await db
      .insertInto('invoiceRun')
      .values({ periodFrom: '2026-02-01', periodTo: '2026-03-01', previewHash: 'x', confirmedAt: new Date() })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('invoice')
      .values({
        runId: run.id,
        series: 'invoice',
        number: 1n,
        numberText: 'INV-1',
        clientId: client.id,
        clientRef: client.ref,
        clientName: 'Rosalind Canary',
        clientAddress: '7 Canary Wharf',
        company: '{}',
        currency: 'EUR',
        net: 0n,
        tax: 0n,
        total: 0n,
        issuedOn: '2026-03-01',
        dueOn: '2026-03-15',
      })
      .execute();
    expect((await placesOf('canary')).length).toBeGreaterThan(10);

    const given = await exportPerson(db, actor, { kind: 'client', id: client.id });
    expect(Object.keys(given.tables)).toEqual(
      expect.arrayContaining(['attendance', 'client', 'close_out', 'invoice', 'note', 'request', 'session', 'student', 'users']),
    );
    expect(given.tables.student).toHaveLength(2);
    expect(given.files.map((one) => Buffer.from(one.base64, 'base64').toString())).toEqual([
      'Canary',
      'Canary',
      'Canary',
      'Canary',
    ]);
    for (const table of ['goal', 'goal_rating', 'feedback', 'conversation_message', 'session_file', 'mail_preference'])
      expect(Object.keys(given.tables)).toContain(table);
    expect(JSON.stringify(given)).not.toContain('Otto');
    expect(JSON.stringify(given)).not.toMatch(/password|token_?hash/i);

    const erase = (confirm: string) => erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm });
    await expect(erase('something')).rejects.toMatchObject({ field: 'confirm' });
    await erase(client.ref);
    await erase(client.ref);
    expect(await placesOf('canary')).toEqual(['invoice']);
    expect(await placesOf('999 1234')).toEqual([]);
    // Of the others nothing is lost but the name.
    const notes = await db.selectFrom('note').select('body').execute();
    expect(notes).toEqual([{ body: 'Sits beside …, who is called … by all' }]);
    expect(await db.selectFrom('attendance').select('id').execute()).toHaveLength(3);
    expect(await search(db, 'Canary', new Set(FOUND_KINDS))).toEqual([]);
    const gone = await db.selectFrom('users').select(['disabledAt', 'email']).where('id', '=', user.id).executeTakeFirstOrThrow();
    expect(gone.disabledAt).not.toBeNull();
    const kept = await db.selectFrom('request').select(['closedAt']).where('id', '=', request.id).executeTakeFirstOrThrow();
    expect(kept.closedAt).not.toBeNull();
  });

  it('who also works in the office stays a user of it', async () => {
    const user = await aUser(db, { roles: ['scheduler', 'client'] });
    const client = await aClient(db, { userId: user.id });
    await erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref });
    expect(await db.selectFrom('users').select(['email', 'disabledAt']).where('id', '=', user.id).executeTakeFirst()).toEqual({
      email: user.email,
      disabledAt: null,
    });
  });

  it('takes nothing from others of the same name, telephone number, address or mailbox', async () => {
    const same = { name: 'Maria Garcia', phone: '+353 1 222 3344', address: '12 Shared Road', email: 'home@shared.test' };
    const other = await aClient(db, same);
    const user = await aUser(db, { roles: ['client'], name: 'Maria Garcia' });
    await aStudent(db, { clientId: other.id, firstName: 'Hannah', lastName: 'Garcia', notes: 'Hannah sits in front' });
    const theirs = await db
      .insertInto('mailMessage')
      .values({ toAddress: 'home@shared.test', toName: 'Home', template: 'invoice', data: '{"number": "INV-7"}' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const gone = await aClient(db, same);
    await aStudent(db, { clientId: gone.id, firstName: 'Anna', lastName: '' });
    await aClient(db, { name: 'Anna' });
    const single = await aClient(db, { name: 'Anna' });
    await erasePerson(db, ctx, actor, { kind: 'client', id: gone.id, confirm: gone.ref });
    await erasePerson(db, ctx, actor, { kind: 'client', id: single.id, confirm: single.ref });
    expect(await db.selectFrom('client').selectAll().where('id', '=', other.id).executeTakeFirstOrThrow()).toEqual(other);
    expect(await db.selectFrom('users').select('name').where('id', '=', user.id).executeTakeFirstOrThrow()).toEqual({
      name: 'Maria Garcia',
    });
    expect(await db.selectFrom('student').select('notes').where('clientId', '=', other.id).execute()).toEqual([
      { notes: 'Hannah sits in front' },
    ]);
    expect(
      await db.selectFrom('mailMessage').select(['toAddress', 'data']).where('id', '=', theirs.id).executeTakeFirstOrThrow(),
    ).toEqual({ toAddress: 'home@shared.test', data: { number: 'INV-7' } });
  });

  it('takes with it the records that were merged into theirs', async () => {
    const kept = await aClient(db, { name: 'Ida Plover' });
    const first = await aClient(db, { name: 'I. Plover-Quill', email: 'quill@example.test', phone: '+353 1 700 7007' });
    const second = await aClient(db, { name: 'Ida Quillplover', address: '4 Quill Street' });
    await mergePeople(db, ctx, actor, { kind: 'client', keepId: first.id, mergeId: second.id });
    await mergePeople(db, ctx, actor, { kind: 'client', keepId: kept.id, mergeId: first.id });
    await erasePerson(db, ctx, actor, { kind: 'client', id: kept.id, confirm: kept.ref });
    expect(await placesOf('plover')).toEqual([]);
    expect(await placesOf('quill')).toEqual([]);
    expect(await placesOf('700 7007')).toEqual([]);
  });

  it('is named neither in what the office and tutors were told of its request nor in fields of a shared session', async () => {
    const client = await aClient(db, { name: 'Wilma Osprey' });
    const child = await aStudent(db, { clientId: client.id, firstName: 'Zofka', lastName: 'Osprey' });
    const other = await aStudent(db);
    const tutor = await aTutor(db, { subjectIds: [maths.id] });
    const request = await aRequest(db, { studentId: child.id, subjectId: maths.id });
    const offer = await db
      .insertInto('offer')
      .values({
        requestId: request.id,
        kind: 'one',
        programId: program.id,
        subjectId: maths.id,
        terms: '{"location": ""}',
        answerHours: 24,
        status: 'withdrawn',
        closedAt: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const mail = (path: string) => ({
      toAddress: 'reader@example.test',
      toName: 'Reader',
      template: 'offer',
      data: JSON.stringify({ link: `https://lectern.test${path}`, student: 'Zofka', note: 'Our Zofka needs help' }),
    });
    await db
      .insertInto('mailMessage')
      .values([mail(`/office/requests/${request.id}`), mail(`/tutor/offers/${offer.id}`)])
      .execute();
    const { sessionId } = (await bookSession(db, ctx, actor, {
      tutorId: tutor.id,
      programId: program.id,
      subjectId: maths.id,
      studentIds: [child.id, other.id],
      wallStart: '2026-03-05T16:00',
      zone: 'Europe/Dublin',
      durationMinutes: 60,
      mode: 'in_person',
      billable: false,
    } as never)) as { sessionId: string };
    await db
      .updateTable('session')
      .set({ status: 'closed_out', custom: JSON.stringify({ x: 'Bring paper\nZofka brings a pen' }) })
      .where('id', '=', sessionId)
      .execute();
    await erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref });
    expect(await placesOf('zofka')).toEqual([]);
    expect(await placesOf('osprey')).toEqual([]);
    expect(await db.selectFrom('session').select('custom').where('id', '=', sessionId).executeTakeFirstOrThrow()).toEqual({
      custom: { x: 'Bring paper\n… brings a pen' },
    });
    // Whoever has the request's form open still can't save what stood in it.
    const { version } = await db.selectFrom('request').select('version').where('id', '=', request.id).executeTakeFirstOrThrow();
    expect(version).toBeGreaterThan(request.version);
  });

  it('whose account is not settled is not erased', async () => {
    const client = await aClient(db);
    await db
      .insertInto('account')
      .values({ code: `r:${client.id}`, kind: 'asset', commodity: 'EUR', clientId: client.id })
      .execute();
    await sql`ALTER TABLE account DISABLE TRIGGER account_balance_guard`.execute(db);
    await sql`UPDATE account SET balance = 100 WHERE client_id = ${client.id}`.execute(db);
    await sql`ALTER TABLE account ENABLE TRIGGER account_balance_guard`.execute(db);
    await expect(erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref })).rejects.toMatchObject({
      message: expect.stringContaining('not settled'),
    });
  });
});

it('who is mailed without an account is given out what was mailed, but no link that opens an account', async () => {
  const user = await aUser(db, { roles: ['student'] });
  const client = await aClient(db, { email: 'no-account@example.test' });
  await aStudent(db, { clientId: client.id, userId: user.id });
  const mail = (over: { template: string; toAddress: string; userId?: string }) => ({ toName: 'x', data: '{}', ...over });
  await db
    .insertInto('mailMessage')
    .values([
      mail({ template: 'form-received', toAddress: 'No-Account@example.test' }),
      mail({ template: 'reset', toAddress: user.email, userId: user.id }),
    ])
    .execute();
  const { tables } = await exportPerson(db, actor, { kind: 'client', id: client.id });
  expect(tables.mail_message?.map((row) => row.template)).toEqual(['form-received']);
});

it('a tutor who is erased keeps sessions and loses name, hours’ reasons and sign-in', async () => {
  const user = await aUser(db, { roles: ['tutor'], email: 'tut.finch@example.test', name: 'Tut Finch' });
  const tutor = await aTutor(db, {
    firstName: 'Tut',
    lastName: 'Finch',
    email: 'tut.finch@example.test',
    userId: user.id,
    homeAddress: '1 Finch Lane',
    notes: 'Finch',
  });
  await db
    .insertInto('timeOff')
    .values({
      tutorId: tutor.id,
      startsAt: new Date('2026-03-01'),
      endsAt: new Date('2026-03-02'),
      wallStart: '2026-03-01 00:00',
      wallEnd: '2026-03-02 00:00',
      zone: 'UTC',
      reason: 'Finch is ill',
    })
    .execute();
  await erasePerson(db, ctx, actor, { kind: 'tutor', id: tutor.id, confirm: tutor.ref });
  expect(await placesOf('finch')).toEqual([]);
});

it('what was typed as a reason goes from the log with the person, and nothing else of a line can be changed', async () => {
  const client = await aClient(db, { name: 'Petra Reason' });
  const log = (subjectId: string, reason: string) =>
    db
      .insertInto('auditLog')
      .values({ actorKind: 'system', action: 'x.y', subjectType: 'client', subjectId, reason })
      .returning('id')
      .executeTakeFirstOrThrow();
  const lines = [
    await log(client.id, 'She rang'),
    await log((await aClient(db)).id, 'Asked by Petra Reason'),
    await log((await aClient(db)).id, 'Moved away'),
  ];
  await erasePerson(db, ctx, actor, { kind: 'client', id: client.id, confirm: client.ref });
  const reasons = await db
    .selectFrom('auditLog')
    .select('reason')
    .where(
      'id',
      'in',
      lines.map((line) => line.id),
    )
    .orderBy('id')
    .execute();
  expect(reasons.map((row) => row.reason)).toEqual(['·', '·', 'Moved away']);
  const change = (set: string, erasing: string) =>
    db.transaction().execute(async (trx) => {
      await sql`SELECT set_config('lectern.erasing', ${erasing}, true)`.execute(trx);
      await sql`UPDATE audit_log SET ${sql.raw(set)} WHERE id = ${lines[2]?.id}`.execute(trx);
    });
  await expect(change("reason = '·'", '')).rejects.toThrow('append-only');
  await expect(change("reason = 'Something else'", 'on')).rejects.toThrow('append-only');
  await expect(change("reason = '·', action = 'z'", 'on')).rejects.toThrow('append-only');
  await expect(sql`DELETE FROM audit_log WHERE id = ${lines[2]?.id}`.execute(db)).rejects.toThrow('append-only');
});
