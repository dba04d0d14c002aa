import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CloseCode, type FromServer, type RoomPerson, type ToServer } from '#app/domain/classroom/protocol.ts';
import { FakeConnection } from './call/fake-connection.ts';
import { createLocalMedia } from './call/local-media.ts';
import { openRoomSession, type WireListener } from './room-session.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const silent = { microphone: false, camera: false, screen: false };
const ana: RoomPerson = { key: 'ana', name: 'Ana Núñez', role: 'host', state: 'admitted', online: true, media: silent };
const mia: RoomPerson = { key: 'mia', name: 'Mia Vale', role: 'guest', state: 'admitted', online: true, media: silent };
const office: RoomPerson = { ...mia, key: 'o', name: 'Olu Office', role: 'observer' };

/** Ana's page, with a server that says what the test says. */
function aPage(you: RoomPerson = ana) {
  const sent: ToServer[] = [];
  const connections: FakeConnection[] = [];
  let listener: WireListener | undefined;
  let shut = false;
  const session = openRoomSession({
    media: createLocalMedia(undefined, { getItem: () => null, setItem: () => {} }),
    connect(given) {
      listener = given;
      return {
        send: (message) => sent.push(message),
        close: () => {
          shut = true;
        },
      };
    },
    createConnection() {
      const made = new FakeConnection();
      connections.push(made);
      return made as unknown as RTCPeerConnection;
    },
  });
  const say = (message: FromServer) => listener?.onMessage(message);
  return {
    session,
    sent,
    connections,
    say,
    isShut: () => shut,
    close: (code: number, reason: string) => listener?.onClosed(code, reason),
    welcome: (...people: RoomPerson[]) =>
      say({
        ...{ t: 'welcome', you, people: you.state === 'admitted' ? [you, ...people] : [], messages: [], hostHere: true },
        ...{ startsAt: '2026-03-02T15:00:00Z', endsAt: '2026-03-02T16:00:00Z', now: '2026-03-02T15:00:00Z' },
      }),
    signals: () => sent.filter((message) => message.t === 'signal').map((message) => message.to),
  };
}

describe('the room as a page has it', () => {
  test('calls the student who is in, and neither who waits nor who looks on', () => {
    const page = aPage();
    page.welcome(office, { ...mia, state: 'waiting' });
    expect(page.connections).toHaveLength(0);
    page.say({ t: 'people', people: [ana, office, mia] });
    expect(page.signals()).toEqual(['mia']);
    expect(Object.keys(page.session.get().calls)).toEqual(['mia']);
    page.session.close();
  });

  test('whoever waits calls nobody and tells of no camera before being let in', () => {
    const page = aPage({ ...mia, state: 'waiting' });
    page.welcome();
    expect(page.sent).toEqual([]);
    page.session.close();
  });

  test('the office looks on without a call', () => {
    const page = aPage(office);
    page.welcome(ana, mia);
    expect(page.connections).toHaveLength(0);
    page.session.close();
  });

  test('a call outlives that the other is cut off from the server, and ends when they leave', () => {
    const page = aPage();
    page.welcome(mia);
    page.say({ t: 'people', people: [ana, { ...mia, online: false }] });
    expect(page.connections[0]?.connectionState).toBe('new');
    page.say({ t: 'people', people: [ana] });
    expect(page.connections[0]?.connectionState).toBe('closed');
    expect(page.session.get().calls).toEqual({});
    page.session.close();
  });

  test('after every welcome the server is told anew whose microphone and camera are on', () => {
    const page = aPage();
    page.welcome(mia);
    page.say({ t: 'people', people: [ana, mia] });
    page.welcome(mia);
    expect(page.sent.filter((message) => message.t === 'media')).toHaveLength(2);
    page.session.close();
  });

  test('ends once: calls and the way to the server are shut, whatever comes after', () => {
    const page = aPage();
    page.welcome(mia);
    page.close(CloseCode.replaced, 'replaced You came in from another window.');
    expect(page.session.get().end?.why).toBe('replaced');
    expect(page.isShut()).toBe(true);
    expect(page.connections[0]?.connectionState).toBe('closed');
    page.welcome(mia);
    expect(page.connections).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
