import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { BinaryKind, CloseCode, type FromServer, MOST_BINARY_BYTES, type ToServer } from '#app/domain/classroom/protocol.ts';

export interface RoomListener {
  onMessage(message: FromServer): void;
  /** `away`: it was there and is looked for again. */
  onLink(link: 'connecting' | 'open' | 'away'): void;
  /** For good: nothing tries again by itself. The reason is a word for programs and, after it, words for people. */
  onClosed(code: number, reason: string): void;
}

/** A browser's line to its classroom, which comes back by itself. */
export interface RoomConnection {
  /** The whiteboard: what is drawn while the line is away goes out when it is back. */
  doc: Y.Doc;
  /** Pointers: `setLocalState` with one's own. */
  awareness: awarenessProtocol.Awareness;
  /** Chat messages are kept until the server has them; anything else is of no use later and dropped while it is away. */
  send(message: ToServer): void;
  close(): void;
}

interface Options {
  /** "wss://lectern.example/classroom/{id}/socket" */
  url: string;
  listener: RoomListener;
  openSocket?: (url: string) => WebSocket;
  /** The longest pause before the first, second... try again, in milliseconds; each pause is a random part of it. */
  pauses?: readonly number[];
  pingEveryMs?: number;
}

/** Everybody is cut off at once when a server starts anew: with whole pauses they would all come back at once. */
const PAUSES = [500, 1_000, 2_000, 3_000, 5_000];
const PING_EVERY_MS = 10_000;
/** A line that held so long was a good one: the next pause is a short one again. */
const GOOD_AFTER_MS = 10_000;

const final: readonly number[] = Object.values(CloseCode);

export function openRoomConnection(options: Options): RoomConnection {
  const { url, listener, pauses = PAUSES, pingEveryMs = PING_EVERY_MS } = options;
  const openSocket = options.openSocket ?? ((address) => new WebSocket(address));
  const doc = new Y.Doc();
  const awareness = new awarenessProtocol.Awareness(doc);
  /** Chat messages that the server has not answered yet, in order. */
  const unanswered = new Map<string, Extract<ToServer, { t: 'chat' }>>();
  let socket: WebSocket | undefined;
  /** Welcomed, and let in: the board is shared. */
  let inside = false;
  let welcomed = false;
  let everOpen = false;
  let tries = 0;
  /** Nothing was heard since the last look. */
  let silent = false;
  let openedAt = 0;
  let over = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pinging: ReturnType<typeof setInterval> | undefined;

  function connect(): void {
    clearTimeout(retry);
    retry = undefined;
    const mine = openSocket(url);
    socket = mine;
    mine.binaryType = 'arraybuffer';
    silent = false;
    mine.addEventListener('message', ({ data }) => {
      if (socket !== mine) return;
      silent = false;
      if (typeof data === 'string') hear(JSON.parse(data) as FromServer);
      else hearBytes(new Uint8Array(data as ArrayBuffer));
    });
    mine.addEventListener('close', ({ code, reason }) => lost(mine, code, reason));
    mine.addEventListener('error', () => lost(mine, 1006, ''));
  }

  function lost(which: WebSocket, code: number, reason: string): void {
    if (socket !== which || over) return;
    socket = undefined;
    if (welcomed && Date.now() - openedAt >= GOOD_AFTER_MS) tries = 0;
    welcomed = false;
    inside = false;
    const others = [...awareness.getStates().keys()].filter((client) => client !== doc.clientID);
    awarenessProtocol.removeAwarenessStates(awareness, others, fromServer);
    if (final.includes(code)) {
      finish();
      listener.onClosed(code, reason);
      return;
    }
    listener.onLink(everOpen ? 'away' : 'connecting');
    const longest = pauses[Math.min(tries++, pauses.length - 1)] ?? 0;
    retry = setTimeout(connect, Math.random() * longest);
  }

  function hear(message: FromServer): void {
    if (message.t === 'pong') return;
    if (message.t === 'chat') unanswered.delete(message.message.id);
    if (message.t === 'refused' && message.id) unanswered.delete(message.id);
    if (message.t === 'welcome') welcome(message);
    listener.onMessage(message);
  }

  function welcome(message: Extract<FromServer, { t: 'welcome' }>): void {
    if (!welcomed) openedAt = Date.now();
    welcomed = true;
    everOpen = true;
    listener.onLink('open');
    for (const { id } of message.messages) unanswered.delete(id);
    inside = message.you.state === 'admitted';
    if (!inside) return;
    sendBytes(BinaryKind.sync, (encoder) => sync.writeSyncStep1(encoder, doc));
    // The server took our pointer away when the line broke, and counted that as one more change than ours.
    const pointer = awareness.getLocalState();
    if (pointer) for (let times = 0; times < 2; times++) awareness.setLocalState(pointer);
    for (const chat of unanswered.values()) sendNow(chat);
  }

  function hearBytes(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readUint8(decoder) === BinaryKind.awareness) {
      awarenessProtocol.applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), fromServer);
      return;
    }
    const encoder = encoding.createEncoder();
    encoding.writeUint8(encoder, BinaryKind.sync);
    sync.readSyncMessage(decoder, encoder, doc, fromServer);
    if (encoding.length(encoder) > 1) pushBytes(encoding.toUint8Array(encoder));
  }

  function sendBytes(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeUint8(encoder, kind);
    write(encoder);
    pushBytes(encoding.toUint8Array(encoder));
  }

  function pushBytes(bytes: Uint8Array): void {
    if (!inside || socket?.readyState !== OPEN) return;
    if (bytes.byteLength <= MOST_BINARY_BYTES) socket.send(bytes);
    else listener.onMessage({ t: 'refused', what: 'board', message: TOO_MUCH });
  }

  function sendNow(message: ToServer): void {
    if (welcomed && socket?.readyState === OPEN) socket.send(JSON.stringify(message));
  }

  const drawn = (update: Uint8Array, origin: unknown) => {
    if (origin !== fromServer) sendBytes(BinaryKind.sync, (encoder) => sync.writeUpdate(encoder, update));
  };
  const pointed = ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
    if (origin === fromServer) return;
    const clients = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])].filter((client) => client === doc.clientID);
    if (clients.length === 0) return;
    const update = awarenessProtocol.encodeAwarenessUpdate(awareness, clients);
    sendBytes(BinaryKind.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));
  };

  /** A broken line is not always said to be: a server that doesn't answer is gone. */
  function ping(): void {
    if (!socket) return;
    if (silent) {
      const dead = socket;
      dead.close();
      lost(dead, 1006, '');
      return;
    }
    silent = true;
    sendNow({ t: 'ping' });
  }

  /** The network, or whoever looks at the page, is back: now is better than after a pause. */
  function tryNow(): void {
    if (retry !== undefined && globalThis.document?.visibilityState !== 'hidden') connect();
  }

  function finish(): void {
    over = true;
    clearTimeout(retry);
    clearInterval(pinging);
    globalThis.removeEventListener?.('online', tryNow);
    globalThis.document?.removeEventListener('visibilitychange', tryNow);
    doc.off('update', drawn);
    awareness.off('update', pointed);
    awareness.destroy();
  }

  doc.on('update', drawn);
  awareness.on('update', pointed);
  globalThis.addEventListener?.('online', tryNow);
  globalThis.document?.addEventListener('visibilitychange', tryNow);
  pinging = setInterval(ping, pingEveryMs);
  connect();

  return {
    doc,
    awareness,
    send(message) {
      if (over) return;
      if (message.t === 'chat') unanswered.set(message.id, message);
      if (message.t !== 'chat' || inside) sendNow(message);
    },
    close() {
      if (over) return;
      awareness.setLocalState(null);
      finish();
      socket?.close(1000);
    },
  };
}

const TOO_MUCH = 'That was too much for the whiteboard at once; only you see it.';
const OPEN = 1;
const fromServer = 'server';
