import { describe, expect, it } from 'vitest';
import { isDomainError } from '#app/domain/errors.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import type { StaleSession } from '#app/domain/scheduling/stale-session.ts';
import { aPlace, aRoom, aStudent } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { ground, office, refusedFor } from './ground.ts';

const { db } = await testDatabase();
const { context, tutor, hours, book, booking, organisation, plan } = await ground(db, { unsetAvailability: 'never' });

describe('hours, time off and closures', () => {
  it('the office may book outside them and sees it, a family may not; the dry run says the same', async () => {
    const tess = await tutor();
    await hours(tess.id, 2, 15, 18);
    const late = await booking(tess.id, '2026-03-03T20:00');
    const { problems } = await checkBooking(db, context, late);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['outside_availability', 'warning'],
      ['missing_rate', 'warning'],
    ]);
    expect(await refusedFor(book(tess.id, '2026-03-03T20:00', { by: 'family' }))).toEqual(['outside_availability']);
    expect(await refusedFor(book(tess.id, '2026-03-03T16:00', { by: 'family' }))).toEqual([]);
    const { warnings } = await book(tess.id, '2026-03-03T20:00');
    expect(warnings.map(({ code }) => code)).toEqual(['outside_availability']);
  });

  it('everything that is in the way is named, not only the first', async () => {
    const tess = await tutor();
    await db.insertInto('closure').values({ name: 'St Patrick’s Day', startsOn: '2026-03-17', endsOn: '2026-03-17' }).execute();
    await db
      .insertInto('timeOff')
      .values({
        tutorId: tess.id,
        startsAt: new Date('2026-03-16T00:00:00Z'),
        endsAt: new Date('2026-03-20T00:00:00Z'),
        wallStart: '2026-03-16T00:00',
        wallEnd: '2026-03-20T00:00',
        zone: 'Europe/Dublin',
        status: 'approved',
      })
      .execute();
    await book(tess.id, '2026-03-17T10:30');
    const codes = await refusedFor(book(tess.id, '2026-03-17T10:00', { by: 'tutor' }));
    expect(codes).toEqual(['tutor_conflict', 'outside_availability', 'time_off', 'closed']);
  });

  it('a tutor archived meanwhile is refused by name', async () => {
    const gone = await tutor({ firstName: 'Gwen', lastName: 'Gone', archivedAt: new Date() });
    const refused = book(gone.id, '2026-03-03T16:00').catch((error) => error);
    expect(await refused).toMatchObject({ code: 'invalid_value', field: 'tutorId', message: 'Gwen Gone is archived.' });
  });
});

describe('rooms and places', () => {
  it('a room is taken by one session at a time and has so many seats', async () => {
    const room = await aRoom(db, { capacity: 2 });
    const [one, other] = [await tutor(), await tutor()];
    const inRoom = { mode: 'in_person', roomId: room.id } as const;
    await book(one.id, '2026-03-10T16:00', inRoom);
    expect(await refusedFor(book(other.id, '2026-03-10T16:30', inRoom))).toEqual(['room_conflict']);
    expect(await refusedFor(book(other.id, '2026-03-10T17:00', inRoom))).toEqual([]);
    const three = await Promise.all([aStudent(db), aStudent(db), aStudent(db)]);
    const crowd = { ...inRoom, studentIds: three.map(({ id }) => id) };
    expect(await refusedFor(book(other.id, '2026-03-10T18:00', crowd))).toEqual(['over_capacity']);
  });

  it('a session can take fewer than its program', async () => {
    const two = (await Promise.all([aStudent(db), aStudent(db)])).map(({ id }) => id);
    const tess = await tutor();
    expect(await refusedFor(book(tess.id, '2026-03-10T16:00', { studentIds: two, capacity: 1 }))).toEqual(['over_capacity']);
    expect(await refusedFor(book(tess.id, '2026-03-10T16:00', { studentIds: two, capacity: 2 }))).toEqual([]);
  });

  it('the room’s place is where it takes place, and is written where nothing else was', async () => {
    const place = await aPlace(db, { name: 'Lincoln High', address: '12 Elm Street' });
    const room = await aRoom(db, { name: 'B12', placeId: place.id });
    const { sessionId } = await book((await tutor()).id, '2026-03-10T16:00', { mode: 'in_person', roomId: room.id });
    const session = await db
      .selectFrom('session')
      .select(['location', 'roomId', 'placeId'])
      .where('id', '=', sessionId)
      .executeTakeFirst();
    expect(session).toEqual({ location: 'B12, Lincoln High, 12 Elm Street', roomId: room.id, placeId: place.id });
    const elsewhere = await aRoom(db, { name: 'Library', placeId: (await aPlace(db, { name: 'Town hall' })).id });
    const to = { sessionId, version: 1, wallStart: '2026-03-10T16:00', durationMinutes: 60, roomId: elsewhere.id };
    await rescheduleSession(db, context, office, to);
    const moved = await db
      .selectFrom('session')
      .select(['location', 'roomId', 'placeId'])
      .where('id', '=', sessionId)
      .executeTakeFirst();
    expect(moved).toEqual({ location: 'Library, Town hall', roomId: elsewhere.id, placeId: elsewhere.placeId });
  });

  it('a session that moves from online to a place gives its online room up, and back gets one', async () => {
    const place = await aPlace(db);
    const { sessionId } = await book((await tutor()).id, '2026-03-11T16:00');
    const to = { sessionId, wallStart: '2026-03-11T16:00', durationMinutes: 60 };
    await rescheduleSession(db, context, office, { ...to, version: 1, mode: 'in_person', placeId: place.id });
    const meeting = () => db.selectFrom('meeting').select('state').where('sessionId', '=', sessionId).executeTakeFirst();
    const session = () =>
      db.selectFrom('session').select(['mode', 'placeId', 'location', 'version']).where('id', '=', sessionId).executeTakeFirst();
    expect(await meeting()).toEqual({ state: 'released' });
    expect(await session()).toMatchObject({ mode: 'in_person', placeId: place.id, location: place.name });
    await rescheduleSession(db, context, office, { ...to, version: 2, mode: 'online' });
    expect(await meeting()).toEqual({ state: 'pending' });
    expect(await session()).toMatchObject({ mode: 'online', placeId: null, location: '' });
  });
});

describe('lengths and grid', () => {
  it('the provider of an online session takes some lengths only, and the program has a grid of its own', async () => {
    await db
      .updateTable('pluginInstall')
      .set({ durations: [30, 45] })
      .where('id', '=', organisation.installs['meeting-jitsi'])
      .execute();
    const tess = await tutor();
    expect(await refusedFor(book(tess.id, '2026-03-12T16:00'))).toEqual(['invalid_value']);
    expect(await refusedFor(book(tess.id, '2026-03-12T16:00', { durationMinutes: 45 }))).toEqual([]);
    expect(await refusedFor(book(tess.id, '2026-03-12T18:00', { mode: 'in_person' }))).toEqual([]);
    await db.updateTable('pluginInstall').set({ durations: null }).execute();
    await db.updateTable('program').set({ gridMinutes: 10 }).where('id', '=', plan.programId).execute();
    expect(await refusedFor(book(tess.id, '2026-03-12T20:10'))).toEqual([]);
    await db.updateTable('program').set({ gridMinutes: null }).where('id', '=', plan.programId).execute();
  });
});

describe('a stale version', () => {
  it('is told what was read and what is now', async () => {
    const [tess, other] = [await tutor(), await tutor()];
    const { sessionId } = await book(tess.id, '2026-03-13T10:00');
    const to = (wallStart: string, version: number) => ({ sessionId, version, wallStart, durationMinutes: 60 });
    await rescheduleSession(db, context, office, { ...to('2026-03-13T11:00', 1), tutorId: other.id });
    await rescheduleSession(db, context, office, { ...to('2026-03-13T12:00', 2), durationMinutes: 90 });
    const error = await rescheduleSession(db, context, office, to('2026-03-14T10:00', 1)).catch((refused) => refused);
    if (!isDomainError(error, 'conflict')) throw error;
    expect(error.details).toEqual({
      read: {
        version: 1,
        startsAt: new Date('2026-03-13T10:00:00Z'),
        durationMinutes: 60,
        tutorId: tess.id,
        tutorName: `${tess.firstName} ${tess.lastName}`,
      },
      now: {
        version: 3,
        startsAt: new Date('2026-03-13T12:00:00Z'),
        durationMinutes: 90,
        tutorId: other.id,
        tutorName: `${other.firstName} ${other.lastName}`,
      },
    } satisfies StaleSession);
  });
});
