import { expect, test } from 'vitest';
import { placeStudent } from '#app/domain/groups/place-student.server.ts';
import { changeMeetingProvider } from '#app/domain/meetings/change-provider.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const actor = { userId: null, kind: 'system' } as const;
const { installs } = await anOrganisation(db, { meeting: 'meeting-classroom' });
const [classroom, jitsi] = [installs['meeting-classroom'], installs['meeting-jitsi']];
const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 5 });
await aRate(db);
const { id: clientId } = await aClient(db);
const { id: mia } = await aStudent(db, { clientId });
const { id: leo } = await aStudent(db, { clientId });
let day = 9;

async function book(studentIds: string[], over: { meetingInstallId?: string; capacity?: number } = {}) {
  const { id: tutorId } = await aTutor(db, { subjectIds: [subject.id] });
  day += 1;
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId, studentIds, programId: program.id, subjectId: subject.id, wallStart: `2026-03-${day}T10:00` },
    ...{ durationMinutes: 60, mode: 'online', billable: true, ...over },
  });
  return sessionId;
}
const installOf = async (sessionId: string) =>
  (await db.selectFrom('meeting').select('installId').where('sessionId', '=', sessionId).executeTakeFirstOrThrow()).installId;

test('the usual room takes one student; a group for which nobody chose a room gets a larger one', async () => {
  expect(await installOf(await book([mia]))).toBe(classroom);
  expect(await installOf(await book([mia, leo]))).toBe(jitsi);
  expect(await installOf(await book([mia], { capacity: 4 }))).toBe(jitsi);
});

test('a room that was chosen and is too small is refused with words, at booking and later', async () => {
  const words = /takes one tutor and one student, and this session has 2\. Choose another provider/;
  await expect(book([mia, leo], { meetingInstallId: classroom })).rejects.toMatchObject({
    ...{ code: 'invalid_value', field: 'meetingInstallId', message: expect.stringMatching(words) },
  });
  const sessionId = await book([mia, leo]);
  const change = changeMeetingProvider(db, ctx, actor, { sessionId, installId: classroom });
  await expect(change).rejects.toMatchObject({ field: 'meetingInstallId', message: expect.stringMatching(words) });
});

test('a session that becomes a group moves to a larger room, unless its room was chosen for its program', async () => {
  const sessionId = await book([mia]);
  const place = (id: string) =>
    db.transaction().execute((trx) => placeStudent(trx, ctx, actor, { sessionIds: [id], studentId: leo }));
  await place(sessionId);
  expect(await installOf(sessionId)).toBe(jitsi);

  const chosen = await book([mia]);
  await db.updateTable('program').set({ meetingInstallId: classroom }).where('id', '=', program.id).execute();
  await expect(place(chosen)).rejects.toMatchObject({ code: 'invalid_value', field: 'studentIds' });
  expect(await installOf(chosen)).toBe(classroom);
});
