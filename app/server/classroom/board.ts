import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Logger } from 'pino';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import type { AppContext } from '#app/context.ts';
import { addToBoard, compactBoard, findAddition, findBoard } from '#app/domain/classroom/board-store.server.ts';
import { BinaryKind } from '#app/domain/classroom/protocol.ts';

/** Additions are kept together for so long: what a hand draws comes in many small ones. */
const FLUSH_MS = 40;
const RETRY_MS = 1_000;
/** After so many additions, or bytes of them, the board is made one update. */
const COMPACT_AFTER = { additions: 500, bytes: 8 * 1024 * 1024 };
/** More than anybody draws in a lesson. */
const MOST_BOARD_BYTES = 32 * 1024 * 1024;

/** Where a change of the document came from: `null` the database, a string another process, else a connection. */
type Origin = unknown;

export interface Board {
  doc: Y.Doc;
  awareness: awarenessProtocol.Awareness;
  /** No more can be drawn on it. */
  isFull(): boolean;
  /** Of another process: an addition, or the number of its row. */
  applyNote(note: { update?: string; id?: string }): Promise<void>;
  /** Reads the database again: something may have been missed. */
  reload(): Promise<void>;
  /** Keeps everything, and lets go of it. */
  close(): Promise<void>;
}

interface BoardOptions {
  context: Pick<AppContext, 'db' | 'clock'>;
  log: Pick<Logger, 'error'>;
  sessionId: string;
  /** To the room's browsers, but for the one that it came from. */
  spread(bytes: Uint8Array, options: { except: unknown; passing: boolean }): void;
  publish(note: { k: 'board'; update?: string; id?: string } | { k: 'awareness'; update: string }): void;
}

export const fromOtherProcess = 'other process';

/**
 * A session's whiteboard in this process: a document that is always as the database has it or a few hundredths of a second
 * ahead. A process that dies takes nothing with it that a browser does not still have and send again.
 */
export async function openBoard({ context, log, sessionId, spread, publish }: BoardOptions): Promise<Board> {
  const { db } = context;
  const doc = new Y.Doc();
  const awareness = new awarenessProtocol.Awareness(doc);
  awareness.setLocalState(null);
  let pending: Uint8Array[] = [];
  let flushing: Promise<void> | undefined;
  let added = { additions: 0, bytes: 0 };
  let full = false;
  let closed = false;

  doc.on('update', (update: Uint8Array, origin: Origin) => {
    spread(syncUpdate(update), { except: origin, passing: false });
    if (origin === null || origin === fromOtherProcess) return;
    pending.push(update);
    flushing ??= flush();
  });
  awareness.on('update', (changes: { added: number[]; updated: number[]; removed: number[] }, origin: Origin) => {
    const clients = [...changes.added, ...changes.updated, ...changes.removed];
    const update = awarenessProtocol.encodeAwarenessUpdate(awareness, clients);
    spread(awarenessMessage(update), { except: origin, passing: changes.removed.length === 0 });
    if (origin !== fromOtherProcess) publish({ k: 'awareness', update: Buffer.from(update).toString('base64') });
  });

  async function flush(): Promise<void> {
    while (pending.length > 0) {
      if (!closed) await pause(FLUSH_MS);
      const batch = pending;
      pending = [];
      const update = batch.length === 1 && batch[0] ? batch[0] : Y.mergeUpdates(batch);
      try {
        const id = await addToBoard(db, context, sessionId, update);
        const small = update.byteLength < 4_000;
        publish({ k: 'board', ...(small ? { update: Buffer.from(update).toString('base64') } : { id: String(id) }) });
        added = { additions: added.additions + 1, bytes: added.bytes + update.byteLength };
        if (added.additions >= COMPACT_AFTER.additions || added.bytes >= COMPACT_AFTER.bytes) await compact();
      } catch (error) {
        log.error({ err: error, sessionId }, 'a whiteboard could not be kept; it is tried again');
        pending.unshift(update);
        if (closed) break;
        await pause(RETRY_MS);
      }
    }
    flushing = undefined;
  }

  async function compact(): Promise<void> {
    full = (await compactBoard(db, context, sessionId)) > MOST_BOARD_BYTES;
    added = { additions: 0, bytes: 0 };
  }

  async function reload(): Promise<void> {
    const board = await findBoard(db, sessionId);
    if (board) Y.applyUpdate(doc, board, null);
  }

  await reload();
  return {
    doc,
    awareness,
    isFull: () => full,
    reload,
    async applyNote({ update, id }) {
      if (update) Y.applyUpdate(doc, Buffer.from(update, 'base64'), fromOtherProcess);
      if (!id) return;
      const addition = await findAddition(db, BigInt(id));
      if (addition) Y.applyUpdate(doc, addition, fromOtherProcess);
      else await reload();
    },
    async close() {
      closed = true;
      await flushing;
      try {
        if (added.additions > 0) await compact();
      } catch (error) {
        log.error({ err: error, sessionId }, 'a whiteboard could not be made one; it is all there in parts');
      }
      awareness.destroy();
      doc.destroy();
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function message(kind: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, kind);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const syncUpdate = (update: Uint8Array) => message(BinaryKind.sync, (encoder) => sync.writeUpdate(encoder, update));

export const awarenessMessage = (update: Uint8Array) =>
  message(BinaryKind.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));

/** What a browser is asked that comes in: what it has and we have not. */
export const syncQuestion = (doc: Y.Doc) => message(BinaryKind.sync, (encoder) => sync.writeSyncStep1(encoder, doc));

/** What a browser's binary message asks for; throws for one that can't be read. */
export type BoardMessage =
  | { what: 'question'; answer: (doc: Y.Doc) => Uint8Array }
  | { what: 'update'; update: Uint8Array }
  | { what: 'pointer'; pointer: Pointer };

/** Where one page's pointer is, and what else it says of itself; null: it is gone. */
export interface Pointer {
  /** Yjs's number of the page. */
  client: number;
  clock: number;
  state: Record<string, unknown> | null;
}

export function readBoardMessage(bytes: Uint8Array): BoardMessage {
  const decoder = decoding.createDecoder(bytes);
  const kind = decoding.readUint8(decoder);
  if (kind === BinaryKind.awareness) return { what: 'pointer', pointer: readPointer(decoding.readVarUint8Array(decoder)) };
  if (kind !== BinaryKind.sync) throw new Error('no such kind of message');
  const step = decoding.readVarUint(decoder);
  const content = decoding.readVarUint8Array(decoder);
  if (step === sync.messageYjsSyncStep1) {
    Y.decodeStateVector(content);
    return {
      what: 'question',
      answer: (doc) => message(BinaryKind.sync, (encoder) => sync.writeSyncStep2(encoder, doc, content)),
    };
  }
  if (step === sync.messageYjsSyncStep2 || step === sync.messageYjsUpdate) return { what: 'update', update: content };
  throw new Error('no such step');
}

/** A pointer and a selection, not a document of its own. */
const MOST_POINTER_LETTERS = 16_000;

function readPointer(update: Uint8Array): Pointer {
  const decoder = decoding.createDecoder(update);
  // A page tells of itself and of nobody else.
  if (decoding.readVarUint(decoder) !== 1) throw new Error('not one pointer');
  const client = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  const text = decoding.readVarString(decoder);
  if (text.length > MOST_POINTER_LETTERS) throw new Error('too much for a pointer');
  const state = JSON.parse(text);
  if (typeof state !== 'object' || Array.isArray(state)) throw new Error('no pointer');
  return { client, clock, state };
}

/**
 * Shows a pointer under the name of whoever it is of, whatever their browser calls them; one that is somebody else's, at
 * this process or another, is left where it is. Whether it was shown.
 */
export function showPointer(
  awareness: awarenessProtocol.Awareness,
  { client, clock, state }: Pointer,
  of: { key: string; name: string },
  origin: unknown,
): boolean {
  const there = awareness.getStates().get(client);
  if (there && there.key !== of.key) return false;
  const board = typeof state?.board === 'object' && state.board !== null ? { board: { ...state.board, name: of.name } } : {};
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, 1);
  encoding.writeVarUint(update, client);
  encoding.writeVarUint(update, clock);
  encoding.writeVarString(update, JSON.stringify(state && { ...state, ...board, key: of.key }));
  awarenessProtocol.applyAwarenessUpdate(awareness, encoding.toUint8Array(update), origin);
  return true;
}
