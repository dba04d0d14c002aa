import { describe, expect, it } from 'vitest';
import { suggestMiles } from '#app/domain/closeout/suggest-miles.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import { aPlace } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { ground, office } from './ground.ts';

const { db } = await testDatabase();
const { context, tutor, book, organisation } = await ground(db);
const [school, home, unknown] = [
  await aPlace(db, { name: 'Lincoln High' }),
  await aPlace(db, { name: 'Vale family', latitude: '53.3866', longitude: '-6.0654' }),
  await aPlace(db, { name: 'Somewhere', latitude: null, longitude: null }),
];

const suggested = async (sessionId: string) => suggestMiles(db, await getSession(db, sessionId), organisation.timezone);
const at = (placeId: string) => ({ mode: 'in_person', placeId }) as const;

describe('miles proposed at close-out', () => {
  it("are those from where the tutor was before on that day, by the map, and by the office's table where it says", async () => {
    const tess = await tutor();
    const first = await book(tess.id, '2026-03-10T10:00', at(school.id));
    await book(tess.id, '2026-03-10T11:15', { mode: 'online' });
    const second = await book(tess.id, '2026-03-10T13:00', at(home.id));
    expect(await suggested(second.sessionId)).toEqual({ miles: '8.3', fromPlace: 'Lincoln High', by: 'distance' });
    expect(await suggested(first.sessionId)).toBeUndefined();
    const [fromPlaceId, toPlaceId] = [school.id, home.id].sort() as [string, string];
    await db.insertInto('travelTime').values({ fromPlaceId, toPlaceId, minutes: 25, miles: '9.6' }).execute();
    expect(await suggested(second.sessionId)).toEqual({ miles: '9.6', fromPlace: 'Lincoln High', by: 'table' });
  });

  it('are none online, at the same place, after a session that was cancelled, and where the way is not known', async () => {
    const tess = await tutor();
    const cancelled = await book(tess.id, '2026-03-11T09:00', at(school.id));
    const second = await book(tess.id, '2026-03-11T11:00', at(home.id));
    await cancelSession(db, context, office, { sessionId: cancelled.sessionId, by: 'office', reason: '' });
    expect(await suggested(second.sessionId)).toBeUndefined();
    expect(await suggested((await book(tess.id, '2026-03-11T13:00', at(home.id))).sessionId)).toBeUndefined();
    expect(await suggested((await book(tess.id, '2026-03-11T15:00')).sessionId)).toBeUndefined();
    expect(await suggested((await book(tess.id, '2026-03-11T18:00', at(unknown.id))).sessionId)).toBeUndefined();
    // The next day begins anew.
    expect(await suggested((await book(tess.id, '2026-03-12T09:00', at(school.id))).sessionId)).toBeUndefined();
  });
});
