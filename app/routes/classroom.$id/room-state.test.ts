import { describe, expect, test } from 'vitest';
import { CloseCode, type FromServer, type RoomMessage, type RoomPerson } from '#app/domain/classroom/protocol.ts';
import { emptyRoom, type RoomEvent, type RoomState, roomAfter } from './room-state.ts';

const silent = { microphone: false, camera: false, screen: false };
const ana: RoomPerson = { key: 'ana', name: 'Ana Núñez', role: 'host', state: 'admitted', online: true, media: silent };
const mia: RoomPerson = { key: 'mia', name: 'Mia Vale', role: 'guest', state: 'admitted', online: true, media: silent };
const word = (id: string, from: RoomPerson, body = id): RoomMessage => ({
  ...{ id, from: { key: from.key, name: from.name }, body, file: null, sentAt: '2026-03-02T15:01:00Z' },
});
const AT = Date.parse('2026-03-02T14:58:00Z');
const heard = (message: FromServer): RoomEvent => ({ t: 'from-server', message, at: AT });
const welcome = (you: RoomPerson, people: RoomPerson[], messages: RoomMessage[] = []): RoomEvent =>
  heard({
    ...{ t: 'welcome', you, people, messages, hostHere: people.some(({ role, online }) => role === 'host' && online) },
    ...{ startsAt: '2026-03-02T15:00:00Z', endsAt: '2026-03-02T16:00:00Z', now: '2026-03-02T15:00:00Z' },
  });
const roomAt = (...events: RoomEvent[]): RoomState => events.reduce(roomAfter, emptyRoom);

describe('what a page knows of its room', () => {
  test('the server’s clock counts, not this machine’s', () => {
    expect(roomAt(welcome(ana, [ana]))).toMatchObject({ link: 'open', clockAhead: 120_000 });
  });

  test('who comes, knocks, shows something and goes is said, of others alone', () => {
    const room = roomAt(welcome(ana, [ana]));
    const then = (...people: RoomPerson[]) => roomAfter(room, heard({ t: 'people', people }));
    expect(then(ana, { ...mia, state: 'waiting' }).said?.text).toBe('Mia Vale is waiting to be let in.');
    expect(then(ana, mia).said?.text).toBe('Mia Vale is here.');
    expect(then({ ...ana, media: { ...silent, screen: true } }).said).toBeNull();
    const both = then(ana, mia);
    const next = (...people: RoomPerson[]) => roomAfter(both, heard({ t: 'people', people })).said?.text;
    expect(next(ana, { ...mia, online: false })).toBe('Mia Vale is away.');
    expect(next(ana, { ...mia, media: { ...silent, screen: true } })).toBe('Mia Vale shows their screen.');
    expect(next(ana)).toBe('Mia Vale left.');
    expect(next(ana, mia)).toBe('Mia Vale is here.');
  });

  test('messages of others count as unread while the chat is shut, and each is there once', () => {
    const closed = roomAt(welcome(ana, [ana, mia]), heard({ t: 'chat', message: word('1', mia) }));
    expect(closed.unread).toBe(1);
    expect(roomAfter(closed, heard({ t: 'chat', message: word('1', mia) })).messages).toHaveLength(1);
    expect(roomAfter(closed, heard({ t: 'chat', message: word('2', ana) })).unread).toBe(1);
    const open = roomAfter(closed, { t: 'chat-open', open: true });
    expect(open.unread).toBe(0);
    expect(roomAfter(open, heard({ t: 'chat', message: word('3', mia) })).unread).toBe(0);
  });

  test('what was written before one came in is history; what was written while one was cut off is unread', () => {
    const first = roomAt(welcome(ana, [ana, mia], [word('1', mia)]));
    expect(first.unread).toBe(0);
    expect(roomAfter(first, welcome(ana, [ana, mia], [word('1', mia), word('2', mia), word('3', ana)])).unread).toBe(1);
  });

  test('an own message stands there at once, until the server has it or says why not', () => {
    const sending: RoomEvent = { t: 'sending', message: { id: 'x', body: 'Hello', file: null } };
    const room = roomAt(welcome(ana, [ana, mia]), sending);
    expect(room.outgoing).toEqual([{ id: 'x', body: 'Hello', file: null, problem: null }]);
    expect(roomAfter(room, heard({ t: 'chat', message: word('x', ana) })).outgoing).toEqual([]);
    // The answer was lost with the connection.
    expect(roomAfter(room, welcome(ana, [ana, mia], [word('x', ana)])).outgoing).toEqual([]);
    const refused = roomAfter(room, heard({ t: 'refused', what: 'chat', id: 'x', message: 'Too long.' }));
    expect(refused.outgoing[0]?.problem).toBe('Too long.');
    expect(roomAfter(refused, sending).outgoing).toEqual(room.outgoing);
    expect(roomAfter(refused, { t: 'discard', id: 'x' }).outgoing).toEqual([]);
  });

  test('whoever waits is told when the tutor is there, and when they are let in', () => {
    const waiting = roomAt(welcome({ ...mia, state: 'waiting' }, []));
    expect(waiting).toMatchObject({ hostHere: false, said: null });
    expect(roomAfter(waiting, heard({ t: 'host', here: true }))).toMatchObject({
      hostHere: true,
      said: { text: 'Your tutor is here.' },
    });
    expect(roomAfter(waiting, heard({ t: 'admitted' }))).toMatchObject({
      you: { state: 'admitted' },
      said: { text: 'You were let in.' },
    });
  });

  test('how it ended is known, and the first word counts', () => {
    const room = roomAt(welcome(mia, [ana, mia]));
    const closed = (code: number) => roomAfter(room, { t: 'closed', code, reason: 'full Both places are taken.' }).end;
    expect(closed(CloseCode.replaced)?.why).toBe('replaced');
    expect(closed(CloseCode.refused)).toEqual({ why: 'refused', detail: 'full', message: 'Both places are taken.' });
    expect(closed(CloseCode.ended)?.why).toBe('ended');
    const left = roomAfter(room, { t: 'left' });
    expect(roomAfter(left, { t: 'closed', code: CloseCode.ended, reason: '' }).end?.why).toBe('left');
  });

  test('words that are said twice are told twice', () => {
    const once = roomAfter(emptyRoom, { t: 'say', text: '5 minutes left.' });
    expect(roomAfter(once, { t: 'say', text: '5 minutes left.' }).said).toEqual({ number: 2, text: '5 minutes left.' });
  });
});
