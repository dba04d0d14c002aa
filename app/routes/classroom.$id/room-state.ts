import { CloseCode, type FromServer, type RoomFile, type RoomMessage, type RoomPerson } from '#app/domain/classroom/protocol.ts';

/** A message of one's own that the server has not answered yet, or not taken. */
export interface OutgoingMessage {
  id: string;
  body: string;
  file: RoomFile | null;
  /** Why it was not taken. */
  problem: string | null;
}

export type RoomEnd =
  | 'ended'
  | 'replaced'
  | 'left'
  /** The server's word for it stands in `detail`. */
  | 'refused';

export interface RoomState {
  /** How it is with the server; `away`: it was there and is looked for again. */
  link: 'connecting' | 'open' | 'away';
  you: RoomPerson | null;
  people: RoomPerson[];
  messages: RoomMessage[];
  outgoing: OutgoingMessage[];
  unread: number;
  chatOpen: boolean;
  hostHere: boolean;
  /** Milliseconds, the server's; null before its first word. */
  startsAt: number | null;
  endsAt: number | null;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  clockAhead: number;
  end: { why: RoomEnd; detail: string | null; message: string | null } | null;
  /** The latest of what happened, for those who listen to the page; numbered, so that the same words are said again. */
  said: { number: number; text: string } | null;
  /** The latest refusal of something other than a message. */
  problem: string | null;
}

export const emptyRoom: RoomState = {
  ...{ link: 'connecting', you: null, people: [], messages: [], outgoing: [], unread: 0, chatOpen: false, hostHere: false },
  ...{ startsAt: null, endsAt: null, clockAhead: 0, end: null, said: null, problem: null },
};

export type RoomEvent =
  | { t: 'from-server'; message: FromServer; at: number }
  | { t: 'link'; link: RoomState['link'] }
  | { t: 'closed'; code: number; reason: string }
  | { t: 'left' }
  | { t: 'chat-open'; open: boolean }
  | { t: 'sending'; message: Omit<OutgoingMessage, 'problem'> }
  | { t: 'discard'; id: string }
  | { t: 'say'; text: string }
  | { t: 'problem-seen' };

/** What a page knows of its room, one event after the other. */
export function roomAfter(state: RoomState, event: RoomEvent): RoomState {
  switch (event.t) {
    case 'from-server':
      return hear(state, event.message, event.at);
    case 'link':
      return { ...state, link: event.link };
    case 'closed':
      return state.end ? state : { ...state, end: closedBy(event.code, event.reason) };
    case 'left':
      return { ...state, end: { why: 'left', detail: null, message: null } };
    case 'chat-open':
      return { ...state, chatOpen: event.open, unread: event.open ? 0 : state.unread };
    case 'sending':
      return { ...state, outgoing: [...without(state.outgoing, event.message.id), { ...event.message, problem: null }] };
    case 'discard':
      return { ...state, outgoing: without(state.outgoing, event.id) };
    case 'say':
      return say(state, event.text);
    case 'problem-seen':
      return { ...state, problem: null };
  }
}

/** The reason is a word for programs and, after it, words for people. */
function closedBy(code: number, reason: string): RoomState['end'] {
  const [, detail = null, message = null] = /^([a-z_]+) (.+)$/s.exec(reason) ?? [];
  const why = code === CloseCode.replaced ? 'replaced' : code === CloseCode.ended ? 'ended' : 'refused';
  return { why, detail, message };
}

function hear(state: RoomState, message: FromServer, at: number): RoomState {
  switch (message.t) {
    case 'welcome': {
      const known = new Set(message.messages.map(({ id }) => id));
      return {
        ...state,
        link: 'open',
        ...{ you: message.you, people: message.people, messages: message.messages, hostHere: message.hostHere },
        outgoing: state.outgoing.filter(({ id }) => !known.has(id)),
        unread: state.unread + unreadIn(state, message.messages, message.you.key),
        startsAt: Date.parse(message.startsAt),
        endsAt: Date.parse(message.endsAt),
        clockAhead: Date.parse(message.now) - at,
      };
    }
    case 'people':
      return say({ ...state, people: message.people, you: ownIn(message.people, state.you) }, changes(state, message.people));
    case 'host':
      return say({ ...state, hostHere: message.here }, message.here ? 'Your tutor is here.' : undefined);
    case 'chat': {
      if (state.messages.some(({ id }) => id === message.message.id)) return state;
      const own = message.message.from.key === state.you?.key;
      const next = {
        ...state,
        messages: [...state.messages, message.message],
        outgoing: without(state.outgoing, message.message.id),
        unread: own || state.chatOpen ? state.unread : state.unread + 1,
      };
      return own ? next : say(next, `${message.message.from.name} wrote: ${message.message.body || message.message.file?.name}`);
    }
    case 'admitted':
      return say({ ...state, you: state.you && { ...state.you, state: 'admitted' } }, 'You were let in.');
    case 'ended':
      return { ...state, end: state.end ?? { why: 'ended', detail: null, message: null } };
    case 'refused':
      if (message.id === undefined) return { ...state, problem: message.message };
      return {
        ...state,
        outgoing: state.outgoing.map((one) => (one.id === message.id ? { ...one, problem: message.message } : one)),
      };
    default:
      return state;
  }
}

const without = (outgoing: OutgoingMessage[], id: string) => outgoing.filter((one) => one.id !== id);

const ownIn = (people: RoomPerson[], you: RoomPerson | null) => people.find(({ key }) => key === you?.key) ?? you;

/** On coming back: what others wrote meanwhile. On coming in for the first time what was written before is history. */
function unreadIn(state: RoomState, messages: RoomMessage[], you: string): number {
  if (state.you?.state !== 'admitted' || state.chatOpen) return 0;
  const seen = new Set(state.messages.map(({ id }) => id));
  return messages.filter(({ id, from }) => from.key !== you && !seen.has(id)).length;
}

function say(state: RoomState, text: string | undefined): RoomState {
  return text === undefined ? state : { ...state, said: { number: (state.said?.number ?? 0) + 1, text } };
}

/** Who came, went or knocks, in words. */
function changes({ people: before, you }: RoomState, after: RoomPerson[]): string | undefined {
  const lines: string[] = [];
  for (const person of after) {
    if (person.key === you?.key) continue;
    const was = before.find(({ key }) => key === person.key);
    const isIn = person.state === 'admitted' && person.online;
    const wasIn = was?.state === 'admitted' && was.online;
    if (person.state === 'waiting' && person.online && !(was?.state === 'waiting' && was.online)) {
      lines.push(`${person.name} is waiting to be let in.`);
    } else if (isIn && !wasIn) lines.push(`${person.name} is here.`);
    else if (wasIn && !isIn) lines.push(`${person.name} is away.`);
    else if (isIn && person.media.screen && !was?.media.screen) lines.push(`${person.name} shows their screen.`);
  }
  for (const { key, name, state, online } of before) {
    if (key !== you?.key && state === 'admitted' && online && !after.some((person) => person.key === key)) {
      lines.push(`${name} left.`);
    }
  }
  return lines.length === 0 ? undefined : lines.join(' ');
}
