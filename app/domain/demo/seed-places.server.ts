import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { createPlace } from '#app/domain/places/create-place.server.ts';
import { createRoom } from '#app/domain/places/create-room.server.ts';
import { setTravelTime } from '#app/domain/places/set-travel-time.server.ts';
import { addClosures } from '#app/domain/scheduling/add-closures.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { weekdayOf } from '#app/domain/scheduling/week-plan.ts';
import type { DB } from '#db/types.ts';
import { company, type DemoFamily, families } from './company.ts';
import { chance, idOf } from './random.ts';
import { programIdOf, userIdOf } from './seed-people.server.ts';
import { weeklyPlan } from './weekly-plan.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };
const STUDY = { latitude: 41.0856, longitude: -73.8582 };

export const studyPlaceId = idOf('place', 'study');
export const homeIdOf = (family: DemoFamily) => idOf('place', family.key);

/** Families a tutor drives to. */
const visited = new Set(
  weeklyPlan()
    .filter((lesson) => lesson.program === 'home')
    .flatMap((lesson) => lesson.students.map((student) => student.familyIndex)),
);

/** Where the demo's sessions in person are, its rooms, two ways that are known better, and when it is closed. */
export async function seedPlaces(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  await createPlace(trx, ctx, admin, {
    id: studyPlaceId,
    name: 'Study, 48 Orchard Street',
    address: company.address,
    coordinates: STUDY,
    clientId: null,
  });
  await createPlace(trx, ctx, admin, {
    id: idOf('place', 'library'),
    name: 'Meadowbrook Library',
    address: '2 Church Street\nMeadowbrook, NY 10591',
    coordinates: { latitude: 41.0791, longitude: -73.8659 },
    clientId: null,
  });
  for (const [key, name, capacity, notes] of [
    ['large', 'Large room', 8, 'Whiteboard and projector'],
    ['small', 'Small room', 3, ''],
    ['window', 'Window room', 2, 'The piano is next door: quiet before four'],
  ] as const)
    await createRoom(trx, ctx, admin, { id: idOf('room', key), name, placeId: studyPlaceId, capacity, notes });
  const homes = families.filter((_, index) => visited.has(index));
  for (const family of homes)
    await createPlace(trx, ctx, admin, {
      id: homeIdOf(family),
      name: `${family.surname} home`,
      address: family.address,
      coordinates: {
        latitude: STUDY.latitude + (chance('north', family.key) - 0.5) * 0.03,
        longitude: STUDY.longitude + (chance('east', family.key) - 0.5) * 0.04,
      },
      clientId: family.id,
    });
  for (const [index, family] of homes.slice(0, 2).entries())
    await setTravelTime(trx, ctx, admin, {
      placeId: studyPlaceId,
      otherId: homeIdOf(family),
      minutes: 9 + index * 3,
      miles: index === 0 ? '2.4' : '3.1',
    });
  await seedClosures(trx, ctx);
}

async function seedClosures(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const year = Number(localDateOf(ctx.clock(), company.timezone).slice(0, 4));
  const closure = (key: string, name: string, startsOn: string, endsOn = startsOn) => ({
    id: idOf('closure', key, startsOn),
    name,
    startsOn,
    endsOn,
  });
  const days = [year, year + 1].flatMap((of) => [
    closure('independence', 'Independence Day', `${of}-07-04`),
    closure('labor', 'Labor Day', nthWeekday(of, 9, 1, 1)),
    closure('thanksgiving', 'Thanksgiving', nthWeekday(of, 11, 4, 4)),
    closure('winter', 'Winter break', `${of}-12-24`, `${of + 1}-01-01`),
  ]);
  await addClosures(trx, ctx, admin, { programId: null, closures: days });
  await addClosures(trx, ctx, admin, {
    programId: programIdOf('course'),
    closures: [closure('spring', 'Spring break', `${year + 1}-04-05`, `${year + 1}-04-11`)],
  });
}

/** The nth weekday (1 is Monday) of a month. */
function nthWeekday(year: number, month: number, nth: number, weekday: number): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7);
}
