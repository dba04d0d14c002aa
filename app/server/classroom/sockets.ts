import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AppContext } from '#app/context.ts';
import { enterClassroom } from '#app/domain/classroom/enter-classroom.server.ts';
import { findComer } from '#app/domain/classroom/find-comer.server.ts';
import { findSeat } from '#app/domain/classroom/find-seat.server.ts';
import { leaveClassroom, noteSeen, takeOutLost } from '#app/domain/classroom/leave-classroom.server.ts';
import { CloseCode, MOST_BINARY_BYTES } from '#app/domain/classroom/protocol.ts';
import { answerBytes, answerText } from './answer-message.ts';
import { forgetRelayed, openBus } from './bus.ts';
import { type Connection, closeReason, connectionOn, RetryCode } from './connection.ts';
import { closingOf, openRoom, type Room } from './room.ts';

const PATH = /^\/classroom\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/socket$/i;

export interface ClassroomSockets {
  /** For the `upgrade` event of the HTTP server: everything that asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks of everybody again whether they may be here, and takes out whoever is lost; by itself every few seconds. */
  look(): Promise<void>;
  /** Sends everybody away to come back to another process, with all that was drawn kept. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks: so long may somebody stay who was shown the door elsewhere. */
const LOOK_EVERY_MS = 10_000;

/** Each time somebody comes in the whole room is sent to them. */
const MOST_KNOCKS = 40;

/** The classrooms that this process serves, by WebSocket. */
export function classroomSockets(
  context: AppContext,
  { databaseUrl, lookEveryMs = LOOK_EVERY_MS }: { databaseUrl: string; lookEveryMs?: number },
): ClassroomSockets {
  const { db, config, log, clock } = context;
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BINARY_BYTES, perMessageDeflate: false });
  const rooms = new Map<string, Room>();
  const closing = new Map<string, Promise<void>>();
  const alive = new WeakSet<WebSocket>();
  /** How often each person came to each room since the last look. */
  const knocks = new Map<string, number>();
  let stopping = false;
  let looking: Promise<void> | undefined;

  const fail = (what: string) => (error: unknown) => log.error({ err: error }, what);
  const bus = openBus({
    ...{ db, databaseUrl, log, now: clock },
    onNote(sessionId, note) {
      rooms.get(sessionId)?.take(note).catch(fail('a classroom could not follow another process'));
    },
    onResumed() {
      for (const room of rooms.values()) room.catchUp().catch(fail('a classroom could not catch up'));
    },
  });
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();

  async function roomOf(sessionId: string): Promise<Room> {
    await closing.get(sessionId);
    const room = rooms.get(sessionId) ?? openRoom(context, log, bus, sessionId);
    rooms.set(sessionId, room);
    return room;
  }

  async function come(socket: WebSocket, request: IncomingMessage, sessionId: string): Promise<void> {
    const away = ([code, reason]: [number, string]) => socket.close(code, closeReason(reason));
    const cookies = request.headers.cookie ?? null;
    const askAgain = () => findComer(db, context, cookies, sessionId);
    const comer = await askAgain();
    if (!comer) return away([CloseCode.refused, 'signed_out You are signed out. Sign in again.']);
    const found = await findSeat(db, context, sessionId, comer);
    if ('refused' in found) return away(closingOf(found.refused, found.message));
    const { session, seat } = found;
    const knock = `${sessionId} ${seat.key}`;
    const knocked = (knocks.get(knock) ?? 0) + 1;
    knocks.set(knock, knocked);
    if (knocked > MOST_KNOCKS) return away([RetryCode.tooMuch, 'That is too often. Wait a moment.']);
    const id = randomUUID();
    const entered = await enterClassroom(db, context, { session, seat, connection: id });
    if ('refused' in entered) return away(closingOf(entered.refused, entered.message));
    const connection = connectionOn(socket, { id, askAgain, seat, session, state: entered.state });
    let room = await roomOf(sessionId);
    // The last one may have left it in between.
    while (rooms.get(sessionId) !== room) room = await roomOf(sessionId);
    listen(socket, room, connection);
    if (connection.isOpen() && !stopping) await room.add(connection);
    else if (stopping) away([RetryCode.restart, 'The server starts anew.']);
  }

  function listen(socket: WebSocket, room: Room, connection: Connection): void {
    // One after another, as they were sent.
    let work = Promise.resolve();
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // What comes after the end, or is too much, is not even kept until its turn.
      if (!connection.isOpen()) return;
      const { may } = connection;
      if (!(isBinary ? may.binaries() : may.texts()) || !may.bytes(data.byteLength)) {
        return connection.close(RetryCode.tooMuch, 'That is too much at once.');
      }
      work = work
        .then(() =>
          isBinary ? answerBytes(room, connection, data) : answerText(context, room, connection, data.toString('utf8')),
        )
        .catch((error) => {
          log.error({ err: error, sessionId: room.sessionId }, 'a message to a classroom failed');
          connection.close(1011, 'Something went wrong.');
        });
    });
    const left = () => {
      work = work.then(() => leave(room, connection)).catch(fail('somebody’s leaving could not be noted'));
      leaving.add(work);
      void work.finally(() => leaving.delete(work));
    };
    if (connection.isOpen()) socket.once('close', left);
    else left();
  }
  const leaving = new Set<Promise<void>>();

  async function leave(room: Room, connection: Connection): Promise<void> {
    const last = room.remove(connection);
    if (last && rooms.get(room.sessionId) === room) {
      rooms.delete(room.sessionId);
      const closed = room.close().finally(() => closing.delete(room.sessionId));
      closing.set(room.sessionId, closed);
      await closed;
    }
    await leaveClassroom(db, context, { sessionId: room.sessionId, key: connection.seat.key, connection: connection.id });
    if (last) bus.publish(room.sessionId, { k: 'people' });
    else await room.peopleChanged();
  }

  async function lookOnce(): Promise<void> {
    knocks.clear();
    for (const socket of server.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      socket.ping();
    }
    await noteSeen(
      db,
      context,
      [...rooms.values()].flatMap((room) => [...room.connections.keys()]),
    );
    for (const sessionId of await takeOutLost(db, context)) {
      bus.publish(sessionId, { k: 'people' });
      await rooms.get(sessionId)?.peopleChanged();
    }
    for (const room of [...rooms.values()]) await room.recheck();
    await forgetRelayed(db, clock());
  }

  function look(): Promise<void> {
    looking ??= lookOnce()
      .catch(fail('the classrooms could not be looked after'))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  return {
    look,
    upgrade(request, socket, head) {
      const sessionId = PATH.exec((request.url ?? '').split('?')[0] ?? '')?.[1];
      if (!sessionId) return refuse(socket, '404 Not Found');
      // Cookies go along with what another site starts, too.
      if (request.headers.origin !== config.origin) return refuse(socket, '403 Forbidden');
      if (stopping) return refuse(socket, '503 Service Unavailable');
      server.handleUpgrade(request, socket, head, (webSocket) => {
        alive.add(webSocket);
        webSocket.on('pong', () => alive.add(webSocket));
        webSocket.on('error', () => {});
        come(webSocket, request, sessionId.toLowerCase()).catch((error) => {
          log.error({ err: error, sessionId }, 'nobody could be let into a classroom');
          webSocket.close(1011, 'Something went wrong.');
        });
      });
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await looking;
      for (const socket of server.clients) socket.close(RetryCode.restart, 'The server starts anew.');
      const slow = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, 1_000);
      while (server.clients.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      clearTimeout(slow);
      while (leaving.size > 0) await Promise.all(leaving);
      await Promise.all(closing.values());
      await bus.stop();
      server.close();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
