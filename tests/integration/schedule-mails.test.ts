import { convertIcsCalendar } from 'ts-ics';
import { beforeAll, expect, it } from 'vitest';
import { listMails } from '#app/domain/messages/queries.server.ts';
import { queueScheduleMails, type ScheduleChange } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { renderMail } from '#emails/render.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const actor = { userId: null, kind: 'system' } as const;
let made = 0;

beforeAll(() => anOrganisation(db));

async function aCompany(zone = 'Europe/Dublin') {
  const n = made++;
  const subject = await aSubject(db, { name: 'Algebra' });
  const program = await aProgram(db, { capacity: 4 });
  const tutor = await aTutor(db, { email: `teach-${n}@example.test`, subjectIds: [subject.id] });
  const client = await aClient(db, { email: `parent-${n}@example.test`, timezone: zone });
  const students = [
    await aStudent(db, { clientId: client.id, firstName: 'Ada', lastName: 'Byron' }),
    await aStudent(db, { clientId: client.id, firstName: 'Ben', lastName: 'Byron' }),
  ];
  const book = async (wallStart: string, studentIds = students.map(({ id }) => id)) =>
    (
      await bookSession(db, ctx, actor, {
        tutorId: tutor.id,
        programId: program.id,
        subjectId: subject.id,
        studentIds,
        wallStart,
        durationMinutes: 60,
        mode: 'in_person',
        billable: false,
      })
    ).sessionId;
  return { tutor, client, students, book };
}

const tell = (changes: ScheduleChange[], cause: string | null = null) =>
  db.transaction().execute((trx) => queueScheduleMails(trx, ctx, { cause, changes }));

async function mailsTo(address: string) {
  const mails = (await listMails(db)).filter((mail) => mail.toAddress === address && mail.template === 'schedule-changed');
  const rows = await db
    .selectFrom('mailMessage')
    .selectAll()
    .where('id', 'in', ['00000000-0000-0000-0000-000000000000', ...mails.map((mail) => mail.id)])
    .execute();
  return rows.map((row) => ({ ...row, rendered: renderMail(row.template, row.data) }));
}

it('many changes are one mail to each reader, in the zone of each, siblings in one line', async () => {
  const { tutor, client, book } = await aCompany('America/New_York');
  const [moved, off, fresh] = [await book('2026-03-10T16:00'), await book('2026-03-11T16:00'), await book('2026-03-12T16:00')];
  await db.updateTable('attendance').set({ outcome: 'cancelled' }).where('sessionId', '=', off).execute();
  const before = { startsAt: new Date('2026-03-10T12:00:00Z'), endsAt: new Date('2026-03-10T13:00:00Z') };
  await tell(
    [
      { sessionId: moved, kind: 'moved', before },
      { sessionId: off, kind: 'cancelled' },
      { sessionId: fresh, kind: 'booked' },
    ],
    'The room is painted',
  );
  const [family, ...more] = await mailsTo(client.email ?? '');
  expect(more).toEqual([]);
  expect(family?.rendered.subject).toContain('1 cancelled, 1 moved and 1 booked');
  const text = family?.rendered.text ?? '';
  expect(text).toContain('All times are New York time');
  expect(text).toMatch(
    /Tue,? 10 Mar,? 12:00 ?– ?13:00.* \(Tue.*16:00 for Harbour Tutoring\)[\s\S]*before: Tue,? 10 Mar,? 0?8:00 ?– ?0?9:00/,
  );
  expect(text).toContain('Algebra for Ada Byron and Ben Byron with Tess');
  expect(text).toContain('Reason: The room is painted');
  const [teacher, ...others] = await mailsTo(tutor.email ?? '');
  expect(others).toEqual([]);
  expect(teacher?.rendered.text).toContain('All times are Dublin time');
  expect(teacher?.rendered.text).toContain('/tutor/calendar');
});

it('the file of the mail takes each session to its place in a calendar, and out of it', async () => {
  const { client, book } = await aCompany();
  const [off, fresh] = [await book('2026-03-17T16:00'), await book('2026-03-18T16:00')];
  await db.updateTable('attendance').set({ outcome: 'cancelled' }).where('sessionId', '=', off).execute();
  await tell([
    { sessionId: off, kind: 'cancelled' },
    { sessionId: fresh, kind: 'booked' },
  ]);
  const [mail] = await mailsTo(client.email ?? '');
  const file = mail?.rendered.calendar?.content ?? '';
  const events = convertIcsCalendar(undefined, file).events ?? [];
  expect(events.map(({ uid, status }) => [uid.split('@')[0], status])).toEqual([
    [`session-${off}`, 'CANCELLED'],
    [`session-${fresh}`, 'CONFIRMED'],
  ]);
  expect(file).toContain('METHOD:PUBLISH');
  expect(file).not.toContain('ATTENDEE');
});

it('the same changes told twice are one mail, and one change leads to its session', async () => {
  const { client, book } = await aCompany();
  const sessionId = await book('2026-03-24T16:00');
  await tell([{ sessionId, kind: 'booked' }]);
  await tell([{ sessionId, kind: 'booked' }]);
  const mails = await mailsTo(client.email ?? '');
  expect(mails).toHaveLength(1);
  expect(mails[0]?.rendered.text).toContain(`/family/sessions/${sessionId}`);
  expect(mails[0]?.sessionId).toBe(sessionId);
});

it('a tutor who loses a session reads that it is off, the new one that it is booked, the family who teaches now', async () => {
  const { tutor, client, book } = await aCompany();
  const former = await aTutor(db, { email: 'former@example.test' });
  const sessionId = await book('2026-03-31T16:00');
  await tell([{ sessionId, kind: 'tutor_changed', formerTutorId: former.id }]);
  expect((await mailsTo('former@example.test'))[0]?.rendered.text).toContain('Another tutor takes it.');
  expect((await mailsTo(tutor.email ?? ''))[0]?.rendered.subject).toMatch(/^1 session booked/);
  expect((await mailsTo(client.email ?? ''))[0]?.rendered.subject).toMatch(/^1 session with another tutor/);
});

it('one who joins or leaves a group is told, and the tutor who comes; the other families are not', async () => {
  const { tutor, client, students, book } = await aCompany();
  const guest = await aStudent(db, { firstName: 'Cy', lastName: 'Gray', email: 'cy@example.test' });
  const sessionId = await book('2026-04-07T16:00', [...students.map(({ id }) => id), guest.id]);
  await tell([{ sessionId, kind: 'booked', studentIds: [guest.id] }]);
  expect(await mailsTo(client.email ?? '')).toEqual([]);
  expect((await mailsTo('cy@example.test'))[0]?.rendered.subject).toMatch(/^1 session booked/);
  expect((await mailsTo(tutor.email ?? ''))[0]?.rendered.text).toContain('New: Cy Gray');
});

it('a mail of very many changes stays readable: the first of them, and how many more', async () => {
  const { client, book } = await aCompany();
  const ids: string[] = [];
  for (let day = 0; day < 104; day++) ids.push(await book(`${addDays('2026-05-01', day)}T09:00`));
  await tell(ids.map((sessionId) => ({ sessionId, kind: 'booked' })));
  const [mail] = await mailsTo(client.email ?? '');
  expect(mail?.rendered.text).toContain('Booked (104)');
  expect(mail?.rendered.text).toContain('and 74 more');
  expect(mail?.rendered.text.match(/^- /gm)).toHaveLength(30);
  expect(mail?.rendered.calendar?.content.match(/BEGIN:VEVENT/g)).toHaveLength(100);
  expect(mail?.rendered.text).toContain('the first 100 of them');
});

it('nobody is told of what is over', async () => {
  const { client, book } = await aCompany();
  const sessionId = await book('2026-02-10T16:00');
  await tell([{ sessionId, kind: 'moved', before: { startsAt: new Date(0), endsAt: new Date(1) } }]);
  expect(await mailsTo(client.email ?? '')).toEqual([]);
});
