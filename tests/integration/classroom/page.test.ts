import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { endClassroom } from '#app/domain/classroom/end-classroom.server.ts';
import { guestToken } from '#app/domain/meetings/guest-link.server.ts';
import { loader } from '#app/routes/classroom.$id/route.tsx';
import { testDatabase } from '#tests/setup/database.ts';
import { classroomGround, type Lesson, system } from './ground.ts';

const ground = await classroomGround(await testDatabase());
const { db, ctx, cookieOf } = ground;
afterAll(() => ground.stop());

let lesson: Lesson;
beforeAll(async () => {
  lesson = await ground.aLesson();
});

/** What the page is made with; or, where there is none, the status and where it sends to. */
async function open(cookie: string, sessionId = lesson.sessionId) {
  const request = new Request(`http://lectern.test/classroom/${sessionId}`, { headers: { Cookie: cookie } });
  const context = { ...ctx, requestId: 'r', cspNonce: '', clientIp: '192.0.2.1' };
  try {
    return await loader({ request, params: { id: sessionId }, context } as unknown as Parameters<typeof loader>[0]);
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return `${thrown.status} ${thrown.headers.get('Location') ?? ''}`.trim();
  }
}

async function guestCookie(name = '') {
  const place = await db
    .selectFrom('attendance')
    .select(['id as attendanceId', 'joinPass'])
    .where('sessionId', '=', lesson.sessionId)
    .executeTakeFirstOrThrow();
  const [cookie = ''] = writeGuestCookie(ctx.config, { token: guestToken(ctx.config, place), name }).split(';');
  return cookie;
}

describe('the page of the classroom', () => {
  test('is the tutor’s, who closes out afterwards; the family’s; and the office’s, who looks on', async () => {
    lesson.at(0);
    const at = async (user: { id: string }) => (await open(await cookieOf(user))) as { room: object };
    expect((await at(lesson.tutor)).room).toMatchObject({
      role: 'host',
      closeOut: `/tutor/sessions/${lesson.sessionId}/close-out`,
      back: { href: `/tutor/sessions/${lesson.sessionId}` },
    });
    for (const user of [lesson.student, lesson.parent]) {
      expect((await at(user)).room).toMatchObject({
        role: 'guest',
        closeOut: null,
        back: { href: `/family/sessions/${lesson.sessionId}` },
      });
    }
    expect((await at(ground.office)).room).toMatchObject({
      role: 'observer',
      back: { href: `/office/sessions/${lesson.sessionId}` },
    });
  });

  test('is a guest’s with a link to a place, under the name they gave, and with no way to other pages', async () => {
    expect(await open(await guestCookie('Mia’s grandfather'))).toMatchObject({
      room: { role: 'guest', name: 'Mia’s grandfather', back: null },
    });
    expect(await open(await guestCookie())).toMatchObject({ room: { name: 'Mia Vale' } });
  });

  test('writes times in the zone of whoever reads, and in the company’s for a guest', async () => {
    lesson.at(0);
    const { timezone } = await db.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
    const reader = await cookieOf(lesson.parent);
    await db.updateTable('users').set({ timezone: 'Asia/Tokyo' }).where('id', '=', lesson.parent.id).execute();
    expect(await open(reader)).toMatchObject({ room: { clock: { timeZone: 'Asia/Tokyo' } } });
    expect(await open(await guestCookie())).toMatchObject({ room: { clock: { timeZone: timezone } } });
  });

  test('asks who is not signed in to sign in, and is not there for anybody of another session', async () => {
    expect(await open('')).toMatch(/^302 \/login\?/);
    const other = await ground.aLesson();
    lesson.at(0);
    expect(await open(await cookieOf(other.tutor))).toBe('404');
    expect(await open(await cookieOf(other.student))).toBe('404');
    expect(await open(await cookieOf(lesson.tutor), 'no-id')).toBe('404');
  });

  test('sends to the door before it opens, where one sees how long that is', async () => {
    lesson.at(-60);
    expect(await open(await cookieOf(lesson.student))).toBe(`302 /sessions/${lesson.sessionId}/join`);
    expect(await open(await guestCookie())).toMatchObject({ shut: { again: `/classroom/${lesson.sessionId}`, back: null } });
  });

  test('carries servers for the video, with a password of each person’s own where there is a secret', async () => {
    lesson.at(0);
    const servers = async (user: { id: string }) =>
      ((await open(await cookieOf(user))) as { room: { iceServers: { urls: string[] }[] } }).room.iceServers;
    expect(await servers(lesson.tutor)).toEqual([{ urls: [expect.stringMatching(/^stun:/)] }]);
  });

  test('once it was ended for all says so, and leads back', async () => {
    lesson.at(10);
    await endClassroom(db, ctx, system, { sessionId: lesson.sessionId });
    expect(await open(await cookieOf(lesson.student))).toMatchObject({
      shut: { title: 'The classroom is closed', again: null, back: { href: `/family/sessions/${lesson.sessionId}` } },
    });
  });
});
