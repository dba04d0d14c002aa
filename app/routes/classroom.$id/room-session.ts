import type { FromServer, MediaState, RoomFile, RoomPerson, ToServer } from '#app/domain/classroom/protocol.ts';
import { type Call, type CallState, startCall, type Tracks } from './call/call.ts';
import type { LocalMedia } from './call/local-media.ts';
import { type Quality, qualityBetween, type Sample, sampleOf } from './call/quality.ts';
import { emptyRoom, type RoomEvent, type RoomState, roomAfter } from './room-state.ts';

/** The way to the server. What is sent while it is away is either kept by it (chat) or of no use later (all else). */
export interface Wire {
  send(message: ToServer): void;
  close(): void;
}

export interface WireListener {
  onMessage(message: FromServer): void;
  onLink(link: RoomState['link']): void;
  /** For good: nothing tries again by itself. */
  onClosed(code: number, reason: string): void;
}

export interface CallView {
  state: CallState;
  tracks: Tracks;
  quality: Quality;
  speaking: boolean;
}

export interface RoomView extends RoomState {
  /** By the person's key. */
  calls: Record<string, CallView>;
}

export interface RoomSession {
  get(): RoomView;
  subscribe(listener: () => void): () => void;
  /** A message that is there already is sent again. */
  write(body: string, file: RoomFile | null, id?: string): void;
  discard(id: string): void;
  openChat(open: boolean): void;
  /** Into the page's live region. */
  say(text: string): void;
  admit(key: string, yes: boolean): void;
  remove(key: string): void;
  endForAll(): void;
  leave(): void;
  dismissProblem(): void;
  close(): void;
}

export interface RoomSessionOptions {
  media: LocalMedia;
  connect(listener: WireListener): Wire;
  createConnection(): RTCPeerConnection;
  now?(): number;
}

const LISTEN_EVERY = 200;
const MEASURE_EVERY = 2_000;
/** As loud as somebody who speaks, of 1; and how long they may pause for breath, in milliseconds. */
const SPEAKS_FROM = 0.02;
const BREATH = 800;

interface Line {
  call: Call;
  sample: Sample | undefined;
  quality: Quality;
  heardAt: number;
  speaking: boolean;
}

/** All that goes on in the room as seen from one page: the server's words, and a call with everybody who is in it. */
export function openRoomSession({ media, connect, createConnection, now = Date.now }: RoomSessionOptions): RoomSession {
  let room: RoomState = emptyRoom;
  let view: RoomView = { ...room, calls: {} };
  const lines = new Map<string, Line>();
  const listeners = new Set<() => void>();
  let told = '';
  let over = false;

  function show(): void {
    const calls: RoomView['calls'] = {};
    for (const [key, { call, quality, speaking }] of lines) {
      calls[key] = { state: call.state(), tracks: call.received(), quality, speaking };
    }
    view = { ...room, calls };
    for (const listener of listeners) listener();
  }

  function happen(event: RoomEvent): void {
    const before = room;
    room = roomAfter(room, event);
    if (room.end && !over) finish();
    else if (!over) meetPeople(before, event);
    show();
  }

  const wire = connect({
    onMessage(message) {
      if (message.t === 'signal') void lines.get(message.from)?.call.receive(message.data);
      else happen({ t: 'from-server', message, at: now() });
    },
    onLink: (link) => happen({ t: 'link', link }),
    onClosed: (code, reason) => happen({ t: 'closed', code, reason }),
  });

  /** A call between tutor and student while both are in the room. The office looks on at the board and the chat. */
  function meetPeople(before: RoomState, event: RoomEvent): void {
    const heard = event.t === 'from-server' ? event.message.t : undefined;
    if (heard !== 'welcome' && heard !== 'people' && heard !== 'admitted') return;
    const { you } = room;
    const isIn = you?.state === 'admitted';
    const others = isIn ? room.people.filter((person) => talks(you, person)) : [];
    for (const [key, { call }] of lines) {
      if (others.some((person) => person.key === key)) continue;
      call.close();
      lines.delete(key);
    }
    for (const person of others) {
      const line = lines.get(person.key);
      if (!line) {
        if (person.online && you) lines.set(person.key, aLine(you, person));
        continue;
      }
      const wasOnline = before.people.find(({ key }) => key === person.key)?.online ?? false;
      if (heard === 'welcome' || (person.online && !wasOnline)) line.call.meet();
    }
    // After every welcome: to the server somebody who comes back is silent until they say otherwise.
    if (heard !== 'people') told = '';
    if (isIn) tellMedia();
  }

  function aLine(you: RoomPerson, other: RoomPerson): Line {
    const call = startCall({
      leads: you.role === 'host',
      createConnection,
      send: (data) => wire.send({ t: 'signal', to: other.key, data }),
      onChange: show,
    });
    call.setTracks(media.get().tracks);
    return { call, sample: undefined, quality: 'good', heardAt: Number.NEGATIVE_INFINITY, speaking: false };
  }

  function tellMedia(): void {
    const state = mediaStateOf(media);
    const text = JSON.stringify(state);
    if (text === told || room.link !== 'open') return;
    told = text;
    wire.send({ t: 'media', media: state });
  }

  const stopMedia = media.subscribe(() => {
    for (const { call } of lines.values()) call.setTracks(media.get().tracks);
    if (room.you?.state === 'admitted' && !over) tellMedia();
  });

  function listen(): void {
    let changed = false;
    for (const line of lines.values()) {
      const loud = line.call.receiver('microphone')?.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
      if (loud >= SPEAKS_FROM) line.heardAt = now();
      const speaking = now() - line.heardAt < BREATH;
      changed ||= speaking !== line.speaking;
      line.speaking = speaking;
    }
    if (changed) show();
  }

  async function measure(): Promise<void> {
    for (const line of lines.values()) {
      const report = await line.call.stats().catch(() => undefined);
      if (!report) continue;
      const sample = sampleOf(report.values());
      const quality = line.sample ? qualityBetween(line.sample, sample) : 'good';
      line.sample = sample;
      if (quality === line.quality) continue;
      line.quality = quality;
      show();
    }
  }

  const listening = setInterval(listen, LISTEN_EVERY);
  const measuring = setInterval(() => void measure(), MEASURE_EVERY);

  /** Nothing more comes of this session; its last state stays to be read. */
  function finish(): void {
    over = true;
    clearInterval(listening);
    clearInterval(measuring);
    stopMedia();
    for (const { call } of lines.values()) call.close();
    lines.clear();
    wire.close();
  }

  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write(body, file, id = crypto.randomUUID()) {
      happen({ t: 'sending', message: { id, body, file } });
      wire.send({ t: 'chat', id, body, fileId: file?.id ?? null });
    },
    discard: (id) => happen({ t: 'discard', id }),
    openChat: (open) => happen({ t: 'chat-open', open }),
    say: (text) => happen({ t: 'say', text }),
    admit: (key, yes) => wire.send({ t: 'admit', key, yes }),
    remove: (key) => wire.send({ t: 'remove', key }),
    endForAll: () => wire.send({ t: 'end' }),
    leave: () => happen({ t: 'left' }),
    dismissProblem: () => happen({ t: 'problem-seen' }),
    close() {
      if (!over) finish();
      listeners.clear();
    },
  };
}

const talks = (you: RoomPerson, other: RoomPerson) =>
  other.key !== you.key && other.state === 'admitted' && you.role !== 'observer' && other.role !== 'observer';

function mediaStateOf(media: LocalMedia): MediaState {
  const { tracks, wants } = media.get();
  return {
    microphone: tracks.microphone !== null && wants.microphone,
    camera: tracks.camera !== null,
    screen: tracks.screen !== null,
  };
}
