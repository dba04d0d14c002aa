import { describe, expect, test } from 'vitest';
import { qualityBetween, sampleOf } from './quality.ts';

const nothing = { received: 0, lost: 0, roundTrip: null };

describe('the quality of a call', () => {
  test('is read from both media’s packets and from the path that is used', () => {
    expect(
      sampleOf([
        { type: 'inbound-rtp', packetsReceived: 100, packetsLost: 2 },
        { type: 'inbound-rtp', packetsReceived: 300, packetsLost: 1 },
        { type: 'outbound-rtp', packetsReceived: 9_000 },
        { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.12 },
        { type: 'candidate-pair', state: 'succeeded', nominated: false, currentRoundTripTime: 3 },
        { type: 'candidate-pair', state: 'failed', currentRoundTripTime: 9 },
      ]),
    ).toEqual({ received: 400, lost: 3, roundTrip: 0.12 });
  });

  test.each([
    [{ received: 100, lost: 0, roundTrip: 0.05 }, 'good'],
    [{ received: 98, lost: 2, roundTrip: 0.05 }, 'good'],
    [{ received: 96, lost: 4, roundTrip: 0.05 }, 'fair'],
    [{ received: 100, lost: 0, roundTrip: 0.5 }, 'fair'],
    [{ received: 80, lost: 20, roundTrip: 0.05 }, 'poor'],
    [{ received: 100, lost: 0, roundTrip: 1.5 }, 'poor'],
  ] as const)('%j is %s', (after, quality) => {
    expect(qualityBetween(nothing, after)).toBe(quality);
  });

  test('goes by what was lost since the last look, not since the start', () => {
    expect(qualityBetween({ received: 100, lost: 100, roundTrip: 0.1 }, { received: 200, lost: 100, roundTrip: 0.1 })).toBe(
      'good',
    );
  });

  test('of a call that was made anew, or in which nobody sends, is not bad', () => {
    expect(qualityBetween({ received: 5_000, lost: 60, roundTrip: 0.1 }, { received: 10, lost: 0, roundTrip: 0.1 })).toBe('good');
    expect(qualityBetween(nothing, nothing)).toBe('good');
  });
});
