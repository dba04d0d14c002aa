/**
 * What a browser in the classroom and the server say to each other over one WebSocket, `/classroom/{sessionId}/socket`.
 * Who somebody is was settled at the upgrade; nothing a browser says can change it. Texts are JSON, one message each; binary
 * messages are a byte of `BinaryKind` and then a message of y-protocols (`sync` or `awareness`). Browser-safe.
 */
export const BinaryKind = { sync: 0, awareness: 1 } as const;

/** The code a socket is closed with where trying again is of no use; any other end is worth another try. */
export const CloseCode = {
  /** Not, or no longer, somebody of this session. */
  refused: 4403,
  /** The same person came in from another window. */
  replaced: 4409,
  /** Ended for all, or the time is over. */
  ended: 4410,
} as const;

/** `host`: the session's tutor. `observer`: the office, seen by all. */
export type RoomRole = 'host' | 'guest' | 'observer';

export interface RoomPerson {
  /** The user's id, or the place's of a guest who came by a link. */
  key: string;
  name: string;
  role: RoomRole;
  /** `refused` is shown to those who let people in, and to nobody else: they may change their mind. */
  state: 'waiting' | 'admitted' | 'refused';
  /** Connected at this moment; who is cut off stays in the list for a while. */
  online: boolean;
  media: MediaState;
}

export interface MediaState {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
}

export interface RoomFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
}

export interface RoomMessage {
  /** A UUID made by the sender: one sent twice is there once. */
  id: string;
  from: { key: string; name: string };
  body: string;
  file: RoomFile | null;
  /** ISO instant, the server's. */
  sentAt: string;
}

/** What `RTCPeerConnection` of one hands to that of the other; the server looks at its size alone. */
export interface Signal {
  /** Of which connection of the sender's it is: a page that was loaded anew makes another. */
  call: string;
  /** For which of the receiver's; without it the sender knows of none yet, and greets. */
  answers?: string;
  description?: { type: string; sdp?: string };
  candidate?: unknown;
}

export type ToServer =
  | { t: 'signal'; to: string; data: Signal }
  | { t: 'chat'; id: string; body: string; fileId: string | null }
  | { t: 'media'; media: MediaState }
  /** The host's and the observer's, as are the two below: lets somebody in, or not. */
  | { t: 'admit'; key: string; yes: boolean }
  /** Shows somebody the door. */
  | { t: 'remove'; key: string }
  /** Over for all. */
  | { t: 'end' }
  | { t: 'ping' };

export type FromServer =
  /** First, and after every reconnect: all that is to be known. While `you.state` is `waiting` people, messages and the board stay away. */
  | {
      t: 'welcome';
      you: RoomPerson;
      people: RoomPerson[];
      messages: RoomMessage[];
      /** Whether the tutor is in the room: said to the waiting too. */
      hostHere: boolean;
      /** ISO instants. */
      startsAt: string;
      endsAt: string;
      now: string;
    }
  | { t: 'people'; people: RoomPerson[] }
  /** To the waiting: the tutor came, or went. */
  | { t: 'host'; here: boolean }
  | { t: 'signal'; from: string; data: Signal }
  | { t: 'chat'; message: RoomMessage }
  /** You were let in: another `welcome` and the board follow. */
  | { t: 'admitted' }
  | { t: 'ended' }
  /** Something you sent was not taken; `id` is a chat message's. */
  | { t: 'refused'; what: ToServer['t'] | 'board'; id?: string; message: string }
  | { t: 'pong' };

/** Bytes; larger ones end the connection. A board's image is uploaded and not sent. */
export const MOST_TEXT_BYTES = 64 * 1024;
export const MOST_BINARY_BYTES = 4 * 1024 * 1024;
export const MOST_CHAT_LETTERS = 4_000;
