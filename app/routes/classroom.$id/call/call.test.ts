import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Signal } from '#app/domain/classroom/protocol.ts';
import { type Call, startCall } from './call.ts';
import { FakeConnection } from './fake-connection.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const camera = { kind: 'video', id: 'camera' } as MediaStreamTrack;
const microphone = { kind: 'audio', id: 'microphone' } as MediaStreamTrack;
const mine = { microphone, camera, screen: null };

interface Side {
  call: Call;
  connections: FakeConnection[];
  readonly connection: FakeConnection;
  /** What it says gets lost. */
  mute: boolean;
}

/** Two pages and a wire between them that delivers in order, a moment later. */
function aWire() {
  const sides: Record<'host' | 'guest', Side | undefined> = { host: undefined, guest: undefined };
  let ids = 0;
  const load = (who: 'host' | 'guest'): Side => {
    sides[who]?.call.close();
    const connections: FakeConnection[] = [];
    const side: Side = {
      connections,
      get connection() {
        return connections.at(-1) as FakeConnection;
      },
      mute: false,
      call: undefined as unknown as Call,
    };
    sides[who] = side;
    side.call = startCall({
      leads: who === 'host',
      createConnection() {
        const made = new FakeConnection();
        connections.push(made);
        return made as unknown as RTCPeerConnection;
      },
      send: (signal: Signal) => {
        const to = who === 'host' ? 'guest' : 'host';
        if (!side.mute) queueMicrotask(() => void sides[to]?.call.receive(structuredClone(signal)));
      },
      onChange: () => {},
      newId: () => `${who}-${ids++}`,
    });
    side.call.setTracks(mine);
    return side;
  };
  return { load };
}

/** Lets all that is under way come to its end, and no timer fire. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a call', () => {
  test('comes about whoever of the two is there first, with one negotiation and both sides’ tracks in it', async () => {
    for (const order of [
      ['host', 'guest'],
      ['guest', 'host'],
    ] as const) {
      const wire = aWire();
      const first = wire.load(order[0]);
      await settle();
      expect(first.call.state()).toBe('connecting');
      const second = wire.load(order[1]);
      await settle();
      for (const side of [first, second]) {
        expect(side.call.state()).toBe('connected');
        expect(side.connection.rounds).toBe(1);
        expect(side.connection.getTransceivers().map((line) => line.sender.track)).toEqual([microphone, camera, null]);
        expect(side.connection.candidates).toHaveLength(1);
      }
    }
  });

  test('puts camera, microphone and screen in and out without negotiating again', async () => {
    const wire = aWire();
    const host = wire.load('host');
    wire.load('guest');
    await settle();
    const screen = { kind: 'video', id: 'screen' } as MediaStreamTrack;
    host.call.setTracks({ microphone: null, camera, screen });
    await settle();
    expect(host.connection.getTransceivers().map((line) => line.sender.track)).toEqual([null, camera, screen]);
    expect(host.connection.rounds).toBe(1);
  });

  test('is made anew when either page is loaded anew', async () => {
    for (const who of ['host', 'guest'] as const) {
      const wire = aWire();
      const stayed = wire.load(who === 'host' ? 'guest' : 'host');
      wire.load(who);
      await settle();
      const returned = wire.load(who);
      await settle();
      expect([stayed.call.state(), returned.call.state()]).toEqual(['connected', 'connected']);
      expect(stayed.connections).toHaveLength(2);
      expect(returned.connections).toHaveLength(1);
    }
  });

  test('survives that both offer at once: one gives way, and both end connected', async () => {
    const wire = aWire();
    const host = wire.load('host');
    const guest = wire.load('guest');
    await settle();
    host.connection.restartIce();
    guest.connection.restartIce();
    await settle();
    expect([host.connection.signalingState, guest.connection.signalingState]).toEqual(['stable', 'stable']);
    expect([host.call.state(), guest.call.state()]).toEqual(['connected', 'connected']);
    expect(host.connections).toHaveLength(1);
  });

  test('that is cut off is looked for again through the connection there is', async () => {
    const wire = aWire();
    const host = wire.load('host');
    const guest = wire.load('guest');
    await settle();
    host.connection.become('disconnected');
    guest.connection.become('disconnected');
    expect(host.call.state()).toBe('interrupted');
    await vi.advanceTimersByTimeAsync(3_000);
    expect([host.call.state(), guest.call.state()]).toEqual(['connected', 'connected']);
    expect(host.connections).toHaveLength(1);
    expect(host.connection.rounds).toBe(2);
  });

  test('goes on where an offer was lost on the way, as soon as the two can hear each other again', async () => {
    const wire = aWire();
    const host = wire.load('host');
    const guest = wire.load('guest');
    await settle();
    host.mute = true;
    host.connection.become('failed');
    await settle();
    expect(host.connection.signalingState).toBe('have-local-offer');
    host.mute = false;
    host.call.meet();
    guest.call.meet();
    await settle();
    expect([host.call.state(), guest.call.state()]).toEqual(['connected', 'connected']);
  });

  test('leaves a connection that works alone when the way to the server comes back', async () => {
    const wire = aWire();
    const host = wire.load('host');
    const guest = wire.load('guest');
    await settle();
    host.call.meet();
    guest.call.meet();
    await settle();
    expect(host.connections).toHaveLength(1);
    expect(guest.connections).toHaveLength(1);
    expect(host.connection.rounds).toBe(1);
  });

  test('passes over what an older connection said, and a broken description', async () => {
    const wire = aWire();
    const host = wire.load('host');
    wire.load('guest');
    await settle();
    await host.call.receive({ call: 'guest-old', answers: 'host-old', description: { type: 'offer', sdp: '3' } });
    expect(host.connections).toHaveLength(1);
    await host.call.receive({ call: 'guest-1', answers: 'host-0', description: { type: 'answer', sdp: '3' } });
    expect(host.call.state()).toBe('connected');
  });

  test('that never comes about is tried again, less and less often, and then said to have failed', async () => {
    const wire = aWire();
    const host = wire.load('host');
    host.mute = true;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(host.call.state()).toBe('connecting');
    await vi.advanceTimersByTimeAsync(24_000);
    expect(host.call.state()).toBe('failed');
    const soFar = host.connections.length;
    await vi.advanceTimersByTimeAsync(48_000);
    expect(host.connections.length).toBe(soFar + 1);
    host.call.close();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(host.connections.length).toBe(soFar + 1);
  });
});
