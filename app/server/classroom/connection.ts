import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Comer, RoomSession } from '#app/domain/classroom/find-seat.server.ts';
import type { FromServer } from '#app/domain/classroom/protocol.ts';
import type { Seat } from '#app/domain/classroom/seat.ts';
import { bucket } from './bucket.ts';

/** Ends that are worth another try, by RFC 6455. */
export const RetryCode = { invalid: 1007, tooMuch: 1008, restart: 1012 } as const;

/** More than this waits for a slow line: pointers are left out. */
const BUSY_BYTES = 512 * 1024;
/** A line that takes nothing any more. It may come back and catch up. */
const STUCK_BYTES = 64 * 1024 * 1024;

/** What one browser may send. */
const rates = {
  texts: { burst: 120, perSecond: 20 },
  chats: { burst: 8, perSecond: 1 },
  changes: { burst: 20, perSecond: 2 },
  binaries: { burst: 600, perSecond: 120 },
  bytes: { burst: 8 * 1024 * 1024, perSecond: 2 * 1024 * 1024 },
  questions: { burst: 10, perSecond: 0.5 },
};

/** One browser that is in a room, or waits at its door. */
export interface Connection {
  readonly id: string;
  /** Asks anew who it is; undefined once they are nobody any more. */
  readonly askAgain: () => Promise<Comer | undefined>;
  readonly seat: Seat;
  session: RoomSession;
  state: 'waiting' | 'admitted';
  /** Until it has its welcome nothing else is sent to it: what is said meanwhile follows. */
  welcomed: boolean;
  /** Yjs's numbers of its pointers. */
  readonly pointers: Set<number>;
  readonly may: { [name in keyof typeof rates]: (amount?: number) => boolean };
  say(message: FromServer): void;
  welcome(message: FromServer & { t: 'welcome' }): void;
  /** `passing`: of no use a moment later. */
  sendBytes(bytes: Uint8Array, options?: { passing?: boolean }): void;
  close(code: number, reason: string): void;
  isOpen(): boolean;
}

export function connectionOn(
  socket: WebSocket,
  of: Pick<Connection, 'askAgain' | 'seat' | 'session' | 'state'> & { id?: string },
): Connection {
  let held: (string | Uint8Array)[] = [];
  const send = (data: string | Uint8Array) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > STUCK_BYTES) socket.terminate();
    else socket.send(data);
  };
  const connection: Connection = {
    ...of,
    id: of.id ?? randomUUID(),
    welcomed: false,
    pointers: new Set(),
    may: {
      texts: bucket(rates.texts),
      chats: bucket(rates.chats),
      changes: bucket(rates.changes),
      binaries: bucket(rates.binaries),
      bytes: bucket(rates.bytes),
      questions: bucket(rates.questions),
    },
    say(message) {
      const text = JSON.stringify(message);
      if (connection.welcomed) send(text);
      else held.push(text);
    },
    welcome(message) {
      send(JSON.stringify(message));
      connection.welcomed = true;
      for (const data of held) send(data);
      held = [];
    },
    sendBytes(bytes, { passing = false } = {}) {
      if (passing && (!connection.welcomed || socket.bufferedAmount > BUSY_BYTES)) return;
      if (connection.welcomed) send(bytes);
      else held.push(bytes);
    },
    close(code, reason) {
      if (socket.readyState === WebSocket.OPEN) socket.close(code, closeReason(reason));
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
  };
  return connection;
}

/** At most 123 bytes, as the protocol has it. */
export function closeReason(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.byteLength <= 123
    ? text
    : bytes
        .subarray(0, 120)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}
