import { describe, expect, it } from 'vitest';
import { distanceKm, type PlacePoint, pairKey, travelMiles, travelMinutes } from './travel.ts';

const place = (id: string, latitude: number | null = null, longitude: number | null = null): PlacePoint => ({
  id,
  name: id,
  latitude,
  longitude,
});
const trinity = place('trinity', 53.3438, -6.2546);
const howth = place('howth', 53.3866, -6.0654);
const travel = { defaultMinutes: 20, speedKmh: 30 };

describe('the way between two places', () => {
  it('is as far as the crow flies, at the speed of the rules, in whole minutes', () => {
    expect(distanceKm(trinity, howth)).toBeCloseTo(13.43, 1);
    expect(travelMinutes(trinity, howth, new Map(), travel)).toBe(27);
    expect(travelMinutes(howth, trinity, new Map(), travel)).toBe(27);
  });

  it('is what somebody entered for the pair, whichever way one goes, even none', () => {
    const table = new Map([[pairKey('trinity', 'howth'), { minutes: 45, miles: 9.5 }]]);
    expect(travelMinutes(trinity, howth, table, travel)).toBe(45);
    expect(travelMinutes(howth, trinity, table, travel)).toBe(45);
    expect(travelMinutes(howth, trinity, new Map([[pairKey('howth', 'trinity'), { minutes: 0, miles: null }]]), travel)).toBe(0);
    expect(travelMiles(howth, trinity, table)).toEqual({ miles: 9.5, from: 'table' });
  });

  it('is the default where nothing is known, and none at the same place', () => {
    expect(travelMinutes(trinity, place('somewhere'), new Map(), travel)).toBe(20);
    expect(travelMinutes(place('somewhere'), place('somewhere'), new Map(), travel)).toBe(0);
    expect(travelMiles(trinity, place('somewhere'), new Map())).toBeUndefined();
  });

  it('in miles comes from the map where the table does not say', () => {
    const table = new Map([[pairKey('trinity', 'howth'), { minutes: 45, miles: null }]]);
    expect(travelMiles(trinity, howth, table)).toEqual({ miles: 8.3, from: 'distance' });
  });
});
