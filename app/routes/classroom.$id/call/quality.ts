/** What a call has done up to a moment, as far as its quality goes by it. */
export interface Sample {
  /** Packets, of sound and picture. */
  received: number;
  lost: number;
  /** Seconds to the other side and back; null where it is not known yet. */
  roundTrip: number | null;
}

export type Quality = 'good' | 'fair' | 'poor';

interface Stat {
  type: string;
  state?: string;
  nominated?: boolean;
  packetsReceived?: number;
  packetsLost?: number;
  currentRoundTripTime?: number;
}

export function sampleOf(stats: Iterable<Stat>): Sample {
  const sample: Sample = { received: 0, lost: 0, roundTrip: null };
  for (const stat of stats) {
    if (stat.type === 'inbound-rtp') {
      sample.received += stat.packetsReceived ?? 0;
      sample.lost += stat.packetsLost ?? 0;
    } else if (stat.type === 'candidate-pair' && stat.state === 'succeeded' && stat.nominated !== false) {
      sample.roundTrip = stat.currentRoundTripTime ?? sample.roundTrip;
    }
  }
  return sample;
}

/** How the time between two samples was. From 2 % lost, or 0.3 s there and back, people notice; from 8 % or 0.8 s they can't talk. */
export function qualityBetween(before: Sample, after: Sample): Quality {
  const received = Math.max(0, after.received - before.received);
  const lost = Math.max(0, after.lost - before.lost);
  const share = received + lost === 0 ? 0 : lost / (received + lost);
  const roundTrip = after.roundTrip ?? 0;
  if (share > 0.08 || roundTrip > 0.8) return 'poor';
  if (share > 0.02 || roundTrip > 0.3) return 'fair';
  return 'good';
}

/** For people: what they see or hear of it, and what they can do. */
export const QUALITY_WORDS: Record<Quality, { short: string; long: string }> = {
  good: { short: 'Good connection', long: 'The connection is good.' },
  fair: { short: 'Unsteady connection', long: 'The connection is unsteady: picture and sound may stutter.' },
  poor: {
    short: 'Weak connection',
    long: 'The connection is weak. Turning the camera off, or moving closer to the router, helps.',
  },
};
