import { describe, expect, it } from 'vitest';
import { sessionLengths } from './session-lengths.ts';

const organisation = { durations: [30, 60, 90], gridMinutes: 15 };
const nothing = { durations: null, gridMinutes: null };

describe('how long sessions last and when they begin', () => {
  it('as the organisation says, unless the program says otherwise', () => {
    expect(sessionLengths(organisation, nothing)).toEqual({ durations: [30, 60, 90], gridMinutes: 15 });
    expect(sessionLengths(organisation, { durations: [45, 20], gridMinutes: 20 })).toEqual({
      durations: [20, 45],
      gridMinutes: 20,
    });
  });

  it('online, only what the provider takes as well', () => {
    expect(sessionLengths(organisation, nothing, { durations: [20, 30, 40], gridMinutes: null }).durations).toEqual([30]);
    expect(sessionLengths(organisation, nothing, { durations: [40], gridMinutes: null }).durations).toEqual([]);
    expect(sessionLengths(organisation, nothing, { durations: null, gridMinutes: 20 }).gridMinutes).toBe(60);
    expect(sessionLengths(organisation, nothing, { durations: null, gridMinutes: 30 }).gridMinutes).toBe(30);
  });
});
