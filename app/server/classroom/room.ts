import type { Logger } from 'pino';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { AppContext } from '#app/context.ts';
import { findSeat, type Refusal } from '#app/domain/classroom/find-seat.server.ts';
import { CloseCode, type FromServer, type RoomPerson } from '#app/domain/classroom/protocol.ts';
import { listMessages, listPeople, type PersonRow } from '#app/domain/classroom/queries.server.ts';
import { awarenessMessage, type Board, fromOtherProcess, openBoard, syncQuestion } from './board.ts';
import type { Bus, Note } from './bus.ts';
import { type Connection, RetryCode } from './connection.ts';

export type RoomContext = Pick<AppContext, 'db' | 'clock' | 'plugins'>;

/** A session's classroom as one process has it: those who are connected here. The others are known from the database. */
export interface Room {
  readonly sessionId: string;
  readonly connections: ReadonlyMap<string, Connection>;
  people(): readonly PersonRow[];
  board(): Promise<Board>;
  add(connection: Connection): Promise<void>;
  /** Takes a connection that ended out of the room; whether it was the last. */
  remove(connection: Connection): boolean;
  /** To everybody who is in, in all processes. */
  sayToAll(message: FromServer): void;
  /** To one who is in, wherever connected. */
  sayTo(key: string, message: FromServer): void;
  /** Who is here changed: tells everybody, in all processes. */
  peopleChanged(): Promise<void>;
  /** Over for all, in all processes. */
  end(): void;
  take(note: Note): Promise<void>;
  /** Something may have been missed. */
  catchUp(): Promise<void>;
  /** Cuts off whoever may not be here any more. */
  recheck(): Promise<void>;
  close(): Promise<void>;
}

/** The code and the reason a socket is closed with: what kind of refusal, and the words for it. */
export function closingOf(refused: Refusal, message: string): [code: number, reason: string] {
  return [refused === 'ended' || refused === 'over' ? CloseCode.ended : CloseCode.refused, `${refused} ${message}`];
}

const decides = (connection: Connection) => connection.seat.role !== 'guest';

export function openRoom(context: RoomContext, log: Logger, bus: Bus, sessionId: string): Room {
  const { db, clock } = context;
  const connections = new Map<string, Connection>();
  let people: PersonRow[] = [];
  let boardOpening: Promise<Board> | undefined;
  let refreshing: Promise<void> | undefined;
  let again = false;

  const inside = () => [...connections.values()].filter((connection) => connection.state === 'admitted');
  const hostHere = () => people.some((person) => person.role === 'host' && person.online);
  const elsewhere = () => people.some((person) => person.connection !== null && !connections.has(person.connection));

  function peopleFor(connection: Connection): RoomPerson[] {
    return people
      .filter((person) => person.state === 'admitted' || decides(connection))
      .map(({ connection: _connection, ...person }) => person);
  }

  function board(): Promise<Board> {
    boardOpening ??= openBoard({
      context,
      log,
      sessionId,
      spread(bytes, { except, passing }) {
        for (const connection of inside()) if (connection !== except) connection.sendBytes(bytes, { passing });
      },
      publish(note) {
        // Pointers are of no use to processes where nobody is.
        if (note.k === 'board' || elsewhere()) bus.publish(sessionId, note);
      },
    }).catch((error) => {
      boardOpening = undefined;
      throw error;
    });
    return boardOpening;
  }

  async function welcome(connection: Connection): Promise<void> {
    const admitted = connection.state === 'admitted';
    const messages = admitted ? await listMessages(db, sessionId) : [];
    const open = admitted ? await board() : undefined;
    const { seat, session } = connection;
    const listed = people.find((person) => person.key === seat.key);
    const you: RoomPerson = {
      ...{ key: seat.key, name: seat.name, role: seat.role, state: connection.state, online: true },
      media: listed?.media ?? { microphone: false, camera: false, screen: false },
    };
    connection.welcome({
      ...{ t: 'welcome', you, people: admitted ? peopleFor(connection) : [], messages, hostHere: hostHere() },
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
      now: clock().toISOString(),
    });
    if (!open) return;
    connection.sendBytes(syncQuestion(open.doc));
    const pointing = [...open.awareness.getStates().keys()];
    if (pointing.length > 0) {
      connection.sendBytes(awarenessMessage(awarenessProtocol.encodeAwarenessUpdate(open.awareness, pointing)));
    }
  }

  /** Reads who is here, does to the connections of this process what was decided elsewhere, and tells them. */
  async function refresh(): Promise<void> {
    const before = JSON.stringify(people);
    const wasHere = hostHere();
    const strangers = new Set(people.map((person) => person.connection));
    people = await listPeople(db, sessionId, clock());
    for (const connection of [...connections.values()]) {
      const row = people.find((person) => person.key === connection.seat.key);
      if (!row) continue;
      if (row.connection !== null && row.connection !== connection.id) {
        connection.close(CloseCode.replaced, 'replaced You came in from another window.');
      } else if (row.connection === null) connection.close(RetryCode.restart, 'You were thought to be gone.');
      else if (row.state === 'refused') {
        connection.state = 'waiting';
        connection.close(CloseCode.refused, 'refused You were not let in, or shown out. Ask your tutor or the office.');
      } else if (row.state === 'admitted' && connection.state === 'waiting' && connection.welcomed) {
        connection.state = 'admitted';
        connection.say({ t: 'admitted' });
        connection.welcomed = false;
        await welcome(connection);
      }
    }
    if (JSON.stringify(people) === before) return;
    for (const connection of connections.values()) {
      if (connection.state === 'admitted') connection.say({ t: 'people', people: peopleFor(connection) });
      else if (hostHere() !== wasHere) connection.say({ t: 'host', here: hostHere() });
    }
    // Somebody came in at another process: it has not seen our pointers.
    const came = people.some(({ connection }) => connection && !strangers.has(connection) && !connections.has(connection));
    if (came && boardOpening) await showPointers(await boardOpening);
  }

  async function showPointers({ awareness }: Board): Promise<void> {
    const own = [...connections.values()].flatMap((connection) => [...connection.pointers]);
    const update = own.length > 0 ? awarenessProtocol.encodeAwarenessUpdate(awareness, own) : undefined;
    if (update) bus.publish(sessionId, { k: 'awareness', update: Buffer.from(update).toString('base64') });
  }

  /** Many who ask at once share one reading, and what changed during it is read once more. */
  function refreshSoon(): Promise<void> {
    if (refreshing) {
      again = true;
      return refreshing;
    }
    refreshing = (async () => {
      do {
        again = false;
        await refresh();
      } while (again);
    })().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  function say(to: string | null, message: string): void {
    for (const connection of inside()) {
      if (to === null || connection.id === to) connection.say(JSON.parse(message));
    }
  }

  function closeAll(): void {
    for (const connection of connections.values()) {
      connection.say({ t: 'ended' });
      connection.close(...closingOf('ended', 'This session was ended for all.'));
    }
  }

  const room: Room = {
    sessionId,
    connections,
    people: () => people,
    board,
    async add(connection) {
      connections.set(connection.id, connection);
      await refreshSoon();
      await welcome(connection);
      bus.publish(sessionId, { k: 'people' });
    },
    remove(connection) {
      connections.delete(connection.id);
      const kept = new Set([...connections.values()].flatMap((other) => [...other.pointers]));
      const gone = [...connection.pointers].filter((pointer) => !kept.has(pointer));
      void boardOpening?.then(({ awareness }) => awarenessProtocol.removeAwarenessStates(awareness, gone, null));
      return connections.size === 0;
    },
    sayToAll(message) {
      say(null, JSON.stringify(message));
      if (elsewhere()) bus.publish(sessionId, { k: 'say', to: null, message: JSON.stringify(message) });
    },
    sayTo(key, message) {
      const to = people.find((person) => person.key === key && person.state === 'admitted')?.connection;
      const here = to ? connections.get(to) : undefined;
      if (here) here.say(message);
      else if (to) bus.publish(sessionId, { k: 'say', to, message: JSON.stringify(message) });
    },
    async peopleChanged() {
      bus.publish(sessionId, { k: 'people' });
      await refreshSoon();
    },
    end() {
      bus.publish(sessionId, { k: 'ended' });
      closeAll();
    },
    async take(note) {
      if (note.k === 'people') await refreshSoon();
      else if (note.k === 'say') say(note.to, note.message);
      else if (note.k === 'ended') closeAll();
      else if (boardOpening) {
        const open = await boardOpening;
        if (note.k === 'board') await open.applyNote(note);
        else awarenessProtocol.applyAwarenessUpdate(open.awareness, Buffer.from(note.update, 'base64'), fromOtherProcess);
      }
    },
    async catchUp() {
      await (await boardOpening)?.reload();
      await refreshSoon();
      // What was said in the chat meanwhile.
      for (const connection of inside()) await welcome(connection);
    },
    async recheck() {
      for (const connection of [...connections.values()]) {
        const comer = await connection.askAgain();
        const found = comer && (await findSeat(db, context, sessionId, comer));
        if (!found) connection.close(CloseCode.refused, 'signed_out You are signed out. Sign in again.');
        else if ('refused' in found) connection.close(...closingOf(found.refused, found.message));
        else if (found.seat.role !== connection.seat.role) connection.close(RetryCode.restart, 'Your part changed.');
        else {
          const moved = found.session.endsAt.getTime() !== connection.session.endsAt.getTime();
          connection.session = found.session;
          if (moved && connection.welcomed) await welcome(connection);
        }
      }
      await refreshSoon();
    },
    async close() {
      await (await boardOpening?.catch(() => undefined))?.close();
    },
  };
  return room;
}

/** What waits for something that was drawn before it: a moment's worth, since a browser sends in order. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/** Draws what a browser drew; false for what can't be read, or waits for what nobody sends. */
export function draw(board: Board, update: Uint8Array, connection: Connection): boolean {
  const { store } = board.doc;
  try {
    Y.applyUpdate(board.doc, update, connection);
  } catch {
    return false;
  }
  const waiting = (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0);
  if (waiting <= MOST_WAITING_BYTES) return true;
  store.pendingStructs = null;
  store.pendingDs = null;
  return false;
}
