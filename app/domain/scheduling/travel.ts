/** Where a session takes place, as far as travel is concerned. */
export interface PlacePoint {
  id: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
}

export interface TravelPair {
  minutes: number;
  miles: number | null;
}

/** What somebody entered of pairs of places, whichever way one goes. */
export type TravelTable = ReadonlyMap<string, TravelPair>;

interface TravelRules {
  /** Between two places of which nothing is known. */
  defaultMinutes: number;
  speedKmh: number;
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const EARTH_KM = 6371.0088;
const KM_PER_MILE = 1.609344;

type Point = Pick<PlacePoint, 'latitude' | 'longitude'>;

/** As the crow flies; undefined where one of the places has no coordinates. */
export function distanceKm(a: Point, b: Point): number | undefined {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return undefined;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(b.longitude - a.longitude);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Whole minutes from one place to the other: as entered, else by distance and speed, else the default. The same place is none. */
export function travelMinutes(a: PlacePoint, b: PlacePoint, table: TravelTable, travel: TravelRules): number {
  if (a.id === b.id) return 0;
  const entered = table.get(pairKey(a.id, b.id));
  if (entered) return entered.minutes;
  const km = distanceKm(a, b);
  return km === undefined ? travel.defaultMinutes : Math.ceil((km / travel.speedKmh) * 60 - 1e-9);
}

/** Miles from one place to the other in tenths of a mile, and where the number comes from; undefined where nothing is known. */
export function travelMiles(
  a: PlacePoint,
  b: PlacePoint,
  table: TravelTable,
): { miles: number; from: 'same' | 'table' | 'distance' } | undefined {
  if (a.id === b.id) return { miles: 0, from: 'same' };
  const entered = table.get(pairKey(a.id, b.id))?.miles;
  if (entered !== undefined && entered !== null) return { miles: entered, from: 'table' };
  const km = distanceKm(a, b);
  return km === undefined ? undefined : { miles: Math.round((km / KM_PER_MILE) * 10) / 10, from: 'distance' };
}
