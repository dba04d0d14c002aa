import type { Found } from '#app/domain/meetings/readiness.ts';

/** Above this a talk begins to stumble. */
const SLOW_MS = 400;
const TRIES = 6;
const PATIENCE_MS = 4_000;

export interface Connection {
  found: Found;
  /** The usual time there and back; null where nothing came back. */
  ms: number | null;
}

/** The way to our server and back, a few times: how long, and whether all came. */
export async function tryConnection(fetch = globalThis.fetch, now = () => performance.now()): Promise<Connection> {
  const times: number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const from = now();
    const there = await fetch(`/healthz?try=${attempt}`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      (response) => response.ok,
      () => false,
    );
    if (there) times.push(now() - from);
  }
  // The first also pays for the line itself.
  const sorted = [...times].sort((a, b) => a - b);
  const ms = sorted[Math.floor(sorted.length / 2)];
  if (ms === undefined) return { found: 'missing', ms: null };
  return { found: times.length < TRIES || ms > SLOW_MS ? 'weak' : 'ok', ms: Math.round(ms) };
}

/** Whether the host of a room answers at all: what it says may not be read from here, that it says something is enough. */
export async function tryRoomHost(origin: string, fetch = globalThis.fetch): Promise<Found> {
  return fetch(origin, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(8_000) }).then(
    () => 'ok' as const,
    () => 'missing' as const,
  );
}

/**
 * Whether this browser can hold a call of our own classroom: it calls itself, and with servers given it must find one of
 * them, since without one many networks let no call through.
 */
export async function tryOwnCall(iceServers: readonly RTCIceServer[]): Promise<Found> {
  if (typeof RTCPeerConnection === 'undefined') return 'missing';
  const config = { iceServers: [...iceServers] };
  const [near, far] = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
  let reflexive = false;
  try {
    near.onicecandidate = ({ candidate }) => {
      if (candidate?.type === 'srflx' || candidate?.type === 'relay') reflexive = true;
      if (candidate) far.addIceCandidate(candidate).catch(() => {});
    };
    far.onicecandidate = ({ candidate }) => {
      if (candidate) near.addIceCandidate(candidate).catch(() => {});
    };
    const open = new Promise<boolean>((resolve) => {
      near.createDataChannel('try').onopen = () => resolve(true);
      setTimeout(() => resolve(false), 8_000);
    });
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    if (!(await open)) return 'missing';
    if (iceServers.length === 0 || reflexive) return 'ok';
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return reflexive ? 'ok' : 'weak';
  } catch {
    return 'missing';
  } finally {
    near.close();
    far.close();
  }
}
