import type { Signal } from '#app/domain/classroom/protocol.ts';

/** What goes over a call, in the order of its lines: so both sides know which video is the screen without saying so. */
const SLOTS = ['microphone', 'camera', 'screen'] as const;
type Slot = (typeof SLOTS)[number];
export type Tracks = Record<Slot, MediaStreamTrack | null>;

const KINDS: Record<Slot, 'audio' | 'video'> = { microphone: 'audio', camera: 'video', screen: 'video' };

/** Milliseconds. */
const PATIENCE = { followerRestarts: 5_000, leaderRestarts: 2_500, connect: 12_000, mostConnect: 60_000 };

export type CallState =
  | 'connecting'
  | 'connected'
  /** It was there, and is looked for again. */
  | 'interrupted'
  /** Tried more than once without success: a network stands between. */
  | 'failed';

export interface CallOptions {
  /** True for one of the two: makes the lines and the first offer, and does not give way where both offer at once. */
  leads: boolean;
  createConnection(): RTCPeerConnection;
  send(signal: Signal): void;
  /** State or tracks are others now. */
  onChange(): void;
  newId?(): string;
}

export interface Call {
  receive(signal: Signal): Promise<void>;
  /** What is sent from now on; no negotiation is needed for it. */
  setTracks(tracks: Tracks): void;
  /** The other came (back), or the way to the server did: what was on its way may be lost. */
  meet(): void;
  state(): CallState;
  /** What comes from the other side; a slot is there once the call is negotiated, whether or not anything is sent in it. */
  received(): Tracks;
  receiver(slot: Slot): RTCRtpReceiver | undefined;
  stats(): Promise<RTCStatsReport | undefined>;
  close(): void;
}

/**
 * A call between two, by perfect negotiation over whatever carries signals: they may be lost, and either page may be loaded
 * anew at any moment. Each connection has an id, and a signal says which it is of and for: what is of an older one is
 * passed over, and the first word of a new one makes the other side begin anew as well.
 * Muting, the camera and the screen are tracks put in and out of lines that stay, so that only a changed network negotiates.
 */
export function startCall(options: CallOptions): Call {
  const { leads, send, onChange, newId = () => crypto.randomUUID() } = options;
  let connection: RTCPeerConnection | undefined;
  let mine = '';
  let theirs: string | undefined;
  let tracks: Tracks = { microphone: null, camera: null, screen: null };
  let makingOffer = false;
  let settingAnswer = false;
  let ignoredOffer = false;
  let everConnected = false;
  let failures = 0;
  let closed = false;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let inOrder: Promise<void> = Promise.resolve();

  const say = (what: Omit<Signal, 'call' | 'answers'>) => send({ call: mine, ...(theirs ? { answers: theirs } : {}), ...what });
  const after = (milliseconds: number, act: () => void) => {
    clearTimeout(watch);
    watch = setTimeout(act, milliseconds);
  };

  /** A connection that knows of nobody yet. */
  function open(): void {
    connection?.close();
    const made = options.createConnection();
    const isCurrent = () => connection === made && !closed;
    connection = made;
    mine = newId();
    theirs = undefined;
    makingOffer = settingAnswer = ignoredOffer = false;
    made.onnegotiationneeded = async () => {
      if (!isCurrent()) return;
      try {
        makingOffer = true;
        await made.setLocalDescription();
        if (isCurrent() && made.localDescription) say({ description: plain(made.localDescription) });
      } catch {
        // Closed while it was being made: another took its place.
      } finally {
        if (isCurrent()) makingOffer = false;
      }
    };
    made.onicecandidate = ({ candidate }) => {
      if (isCurrent() && candidate) say({ candidate: candidate.toJSON() });
    };
    made.onconnectionstatechange = () => isCurrent() && follow(made);
    made.ontrack = () => isCurrent() && onChange();
  }

  function follow(made: RTCPeerConnection): void {
    const state = made.connectionState;
    if (state === 'connected') {
      clearTimeout(watch);
      everConnected = true;
      failures = 0;
    } else if (state === 'disconnected') {
      // Browsers find back by themselves from the shortest of gaps.
      after(leads ? PATIENCE.leaderRestarts : PATIENCE.followerRestarts, () => restart(made));
    } else if (state === 'failed') {
      if (leads) restart(made);
      else after(PATIENCE.followerRestarts, () => restart(made));
    }
    onChange();
  }

  function restart(made: RTCPeerConnection): void {
    if (connection !== made || closed) return;
    made.restartIce();
    expectConnection();
  }

  /** What does not come about in time is begun anew, by the one that leads, less and less often. */
  function expectConnection(): void {
    after(Math.min(PATIENCE.connect * 2 ** failures, PATIENCE.mostConnect), () => {
      if (closed || connection?.connectionState === 'connected') return;
      failures++;
      if (leads) greetAnew();
      else expectConnection();
      onChange();
    });
  }

  function greetAnew(): void {
    open();
    say({});
    expectConnection();
  }

  function begin(): void {
    if (!leads || !connection || connection.getTransceivers().length > 0) return;
    for (const slot of SLOTS) {
      const { sender } = connection.addTransceiver(KINDS[slot], { direction: 'sendrecv' });
      put(sender, tracks[slot]);
    }
  }

  const isUsed = () => (connection?.getTransceivers().length ?? 0) > 0;

  async function take(signal: Signal): Promise<void> {
    if (closed || (signal.answers !== undefined && signal.answers !== mine)) return;
    const anew = signal.call !== theirs && isUsed();
    if (anew) open();
    theirs = signal.call;
    if (anew || signal.answers === undefined) say({});
    begin();
    const made = connection;
    if (!made) return;
    if (signal.description) await describe(made, signal.description as RTCSessionDescriptionInit);
    else if (signal.candidate) {
      await made.addIceCandidate(signal.candidate as RTCIceCandidateInit).catch((error) => {
        if (!ignoredOffer && connection === made) throw error;
      });
    }
  }

  async function describe(made: RTCPeerConnection, description: RTCSessionDescriptionInit): Promise<void> {
    const offers = description.type === 'offer';
    const collides = offers && (makingOffer || (made.signalingState !== 'stable' && !settingAnswer));
    ignoredOffer = leads && collides;
    if (ignoredOffer) return;
    settingAnswer = description.type === 'answer';
    await made.setRemoteDescription(description);
    settingAnswer = false;
    if (!offers) return;
    made.getTransceivers().forEach((transceiver, line) => {
      const slot = SLOTS[line];
      if (!slot) return;
      transceiver.direction = 'sendrecv';
      put(transceiver.sender, tracks[slot]);
    });
    await made.setLocalDescription();
    if (connection === made && made.localDescription) say({ description: plain(made.localDescription) });
    onChange();
  }

  const transceiver = (slot: Slot) => connection?.getTransceivers()[SLOTS.indexOf(slot)];

  open();
  say({});
  expectConnection();

  return {
    receive(signal) {
      // One after the other: a candidate must not overtake the description it belongs to. A broken one breaks no other.
      inOrder = inOrder.then(() => take(signal)).catch(() => {});
      return inOrder;
    },
    setTracks(next) {
      tracks = next;
      for (const slot of SLOTS) {
        const sender = transceiver(slot)?.sender;
        if (sender) put(sender, next[slot]);
      }
    },
    meet() {
      if (closed || (connection?.connectionState === 'connected' && connection.signalingState === 'stable')) return;
      if (leads && isUsed()) greetAnew();
      else say({});
    },
    state() {
      if (connection?.connectionState === 'connected') return 'connected';
      if (failures > 1) return 'failed';
      return everConnected ? 'interrupted' : 'connecting';
    },
    received: () => ({
      microphone: transceiver('microphone')?.receiver.track ?? null,
      camera: transceiver('camera')?.receiver.track ?? null,
      screen: transceiver('screen')?.receiver.track ?? null,
    }),
    receiver: (slot) => transceiver(slot)?.receiver,
    stats: async () => connection?.getStats(),
    close() {
      closed = true;
      clearTimeout(watch);
      connection?.close();
      connection = undefined;
    },
  };
}

/** A track that ended meanwhile, or a connection closed meanwhile, is no matter: the next change puts in another. */
function put(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  if (sender.track !== track) sender.replaceTrack(track).catch(() => {});
}

const plain = ({ type, sdp }: RTCSessionDescription) => ({ type, sdp });
