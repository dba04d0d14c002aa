import type { PlacePair } from '#app/domain/places/queries.server.ts';
import { distanceKm, travelMiles, travelMinutes } from '#app/domain/scheduling/travel.ts';

export interface PairView {
  id: string;
  name: string;
  /** What was entered; null: nothing. */
  minutes: number | null;
  miles: number | null;
  /** What distance and speed give: "4.2 km, 9 min". */
  hint: string;
}

export interface TravelView {
  located: boolean;
  speedKmh: number;
  defaultMinutes: number;
  entered: PairView[];
  /** Places without anything entered, for the form. */
  others: PairView[];
}

type Located = { id: string; name: string; latitude: string | null; longitude: string | null };

export function viewPairs(
  place: Located,
  pairs: readonly PlacePair[],
  travel: { speedKmh: number; defaultMinutes: number },
): TravelView {
  const here = {
    id: place.id,
    name: place.name,
    latitude: place.latitude === null ? null : Number(place.latitude),
    longitude: place.longitude === null ? null : Number(place.longitude),
  };
  const views = pairs.map((pair): PairView => {
    const km = distanceKm(here, pair);
    const miles = travelMiles(here, pair, new Map())?.miles;
    const minutes = travelMinutes(here, pair, new Map(), travel);
    return {
      id: pair.id,
      name: pair.archived ? `${pair.name} (archived)` : pair.name,
      minutes: pair.minutes,
      miles: pair.miles,
      hint: km === undefined ? `${minutes} min by default` : `${km.toFixed(1)} km (${miles} miles) straight, ${minutes} min`,
    };
  });
  return {
    located: here.latitude !== null,
    ...travel,
    entered: views.filter((pair) => pair.minutes !== null),
    others: views.filter((pair) => pair.minutes === null),
  };
}
