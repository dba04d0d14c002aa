import { describe, expect, it } from 'vitest';
import { newToken } from '#app/auth/token.server.ts';
import type { Actor } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { SOMEBODY_IS_BOOKING } from '#app/domain/scheduling/conflicts.server.ts';
import { findHold } from '#app/domain/storefront/hold-queries.server.ts';
import { holdSlot } from '#app/domain/storefront/hold-slot.server.ts';
import { releaseExpiredHolds } from '#app/domain/storefront/release-expired-holds.server.ts';
import { releaseHold } from '#app/domain/storefront/release-hold.server.ts';
import { anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase({ max: 25 });
const start = '2026-03-02T09:00:00Z';
const context = testContext(db, { now: start });
await anOrganisation(db, { timezone: 'Europe/Dublin', meeting: 'meeting-jitsi' });
const subject = await aSubject(db);
const program = await aProgram(db);

const plan = {
  programId: program.id,
  subjectId: subject.id,
  durationMinutes: 60,
  mode: 'in_person',
  wallStart: '2026-03-10T15:00',
  zone: 'Europe/Dublin',
} as const;
let address = 0;
const hold = (tutorId: string, over: { token?: string; from?: string; wallStart?: string } = {}) => {
  const { token = newToken(), from = `192.0.2.${++address}`, ...rest } = over;
  return holdSlot(db, context, { token, from, tutorId, plan: { ...plan, ...rest } }).then((held) => ({ ...held, token }));
};
const book = async (tutorId: string, wallStart: string = plan.wallStart) =>
  bookSession(db, context, actor, {
    ...plan,
    tutorId,
    wallStart,
    studentIds: [(await aStudent(db)).id],
    billable: true,
  });
const atTime = async <T>(now: string, work: () => Promise<T>): Promise<T> => {
  context.setNow(now);
  return work().finally(() => context.setNow(start));
};

describe('a time kept for a guest', () => {
  it('of 20 guests at once one keeps the hour, 19 are told that somebody is just booking it', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => hold(tutor.id)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter((one) => one.status === 'rejected')) {
      if (!isDomainError(result.reason, 'tutor_conflict')) throw result.reason;
      expect(result.reason.message).toBe(SOMEBODY_IS_BOOKING);
    }
  });

  it('takes the tutor with the buffer, for the office too, until it runs out by the clock', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id], bufferMinutes: 15 });
    const held = await hold(tutor.id);
    expect(held.expiresAt).toEqual(new Date('2026-03-02T09:10:00Z'));
    await expect(book(tutor.id)).rejects.toMatchObject({ code: 'tutor_conflict', message: SOMEBODY_IS_BOOKING });
    await expect(book(tutor.id, '2026-03-10T16:00')).rejects.toMatchObject({ code: 'tutor_conflict' });
    await expect(atTime('2026-03-02T09:09:59Z', () => book(tutor.id))).rejects.toMatchObject({ code: 'tutor_conflict' });
    await expect(atTime('2026-03-02T09:10:00Z', () => book(tutor.id))).resolves.toMatchObject({ warnings: [] });
    expect(await findHold(db, held.token, context.clock())).toBeUndefined();
  });

  it('is moved to another time, and the first is free again', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const first = await hold(tutor.id);
    await hold(tutor.id, { token: first.token, wallStart: '2026-03-10T15:30' });
    const found = await findHold(db, first.token, context.clock());
    expect(found).toMatchObject({ kind: 'time', startsAt: new Date('2026-03-10T15:30:00Z'), expired: false });
    await expect(book(tutor.id, '2026-03-10T14:30')).resolves.toBeDefined();
  });

  it('sent twice at the same moment keeps it once', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const token = newToken();
    const twice = await Promise.allSettled(Array.from({ length: 6 }, () => hold(tutor.id, { token, from: '192.0.2.250' })));
    expect(twice.map((one) => one.status)).toEqual(Array(6).fill('fulfilled'));
    const { length } = await db.selectFrom('hold').select('id').where('tutorId', '=', tutor.id).execute();
    expect(length).toBe(1);
  });

  it('given back is free at once', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const { token } = await hold(tutor.id);
    await releaseHold(db, token);
    await expect(hold(tutor.id)).resolves.toBeDefined();
  });

  it('is kept as a hash, so that who reads the table can’t book with it', async () => {
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const { token, holdId } = await hold(tutor.id, { from: '198.51.100.7' });
    const row = JSON.stringify(await db.selectFrom('hold').selectAll().where('id', '=', holdId).executeTakeFirst());
    expect(row).not.toContain(token);
    expect(row).not.toContain('198.51.100.7');
  });

  it('one address keeps eight times at once and no more; when they run out it may again', async () => {
    const tutors = await Promise.all(Array.from({ length: 9 }, () => aTutor(db, { subjectIds: [subject.id] })));
    const ids = tutors.map((tutor) => tutor.id);
    for (const id of ids.slice(0, 8)) await hold(id, { from: '203.0.113.9' });
    await expect(hold(ids[8] ?? '', { from: '203.0.113.9' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(hold(ids[8] ?? '', { from: '203.0.113.10' })).resolves.toBeDefined();
    await atTime('2026-03-02T09:11:00Z', async () => {
      await expect(hold(ids[0] ?? '', { from: '203.0.113.9' })).resolves.toBeDefined();
    });
  });

  it('is refused where it could not be booked: an archived tutor, a length that is not offered, a time off the grid', async () => {
    const gone = await aTutor(db, { subjectIds: [subject.id], archivedAt: new Date() });
    await expect(hold(gone.id)).rejects.toMatchObject({ code: 'invalid_value', field: 'tutorId' });
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    const odd = holdSlot(db, context, {
      token: newToken(),
      from: '192.0.2.251',
      tutorId: tutor.id,
      plan: { ...plan, durationMinutes: 61 },
    });
    await expect(odd).rejects.toMatchObject({ code: 'invalid_value', field: 'durationMinutes' });
    await expect(hold(tutor.id, { wallStart: '2026-03-10T15:07' })).rejects.toMatchObject({ code: 'off_grid' });
  });

  it('that has run out is cleared away, and one that holds stays', async () => {
    await db.deleteFrom('hold').execute();
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    await hold(tutor.id);
    const later = await atTime('2026-03-02T09:05:00Z', () => hold(tutor.id, { wallStart: '2026-03-11T15:00' }));
    const released = await atTime('2026-03-02T09:12:00Z', () => releaseExpiredHolds(db, context));
    expect(released).toBe(1);
    expect(await findHold(db, later.token, context.clock())).toBeDefined();
  });
});
