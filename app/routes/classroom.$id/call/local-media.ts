import type { Tracks } from './call.ts';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** Why a device gives nothing: not allowed, not there, in use by another program, taken out, or the browser is too old. */
export type MediaProblem = 'denied' | 'missing' | 'busy' | 'lost' | 'unsupported';

export interface Device {
  id: string;
  label: string;
}

export interface LocalMediaState {
  /** `asking`: the browser asks the person. */
  phase: 'idle' | 'asking' | 'ready';
  tracks: Tracks;
  /** What the person wants to be seen and heard with, whether or not a device gives it. */
  wants: { microphone: boolean; camera: boolean };
  problems: { microphone: MediaProblem | null; camera: MediaProblem | null };
  devices: Record<DeviceKind, Device[]>;
  /** The device in use; null: the browser's own choice. */
  chosen: Record<DeviceKind, string | null>;
  canShareScreen: boolean;
}

export interface LocalMedia {
  get(): LocalMediaState;
  subscribe(listener: () => void): () => void;
  /** Asks for what is wanted; whatever is refused or missing is a problem in the state, never an error. */
  start(): Promise<void>;
  turn(what: 'microphone' | 'camera', on: boolean): Promise<void>;
  choose(kind: DeviceKind, id: string): Promise<void>;
  /** False where the person thought better of it. */
  shareScreen(): Promise<boolean>;
  stopScreen(): void;
  /** Lets go of all devices. */
  stop(): void;
}

type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> &
  Partial<Pick<MediaDevices, 'getDisplayMedia'>>;

/** What is remembered from one session to the next on this device. */
export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const REMEMBERED = 'lectern.classroom.devices';

interface Remembered {
  wants: LocalMediaState['wants'];
  chosen: LocalMediaState['chosen'];
}

/** Camera, microphone and screen of this browser, each with its own fate: one that is missing takes no other with it. */
export function createLocalMedia(devices: Devices | undefined, memory: Memory): LocalMedia {
  const remembered = recall(memory);
  let state: LocalMediaState = {
    phase: 'idle',
    tracks: { microphone: null, camera: null, screen: null },
    wants: remembered.wants,
    problems: { microphone: null, camera: null },
    devices: { microphone: [], camera: [], speaker: [] },
    chosen: remembered.chosen,
    canShareScreen: devices?.getDisplayMedia !== undefined,
  };
  const listeners = new Set<() => void>();
  let stopped = false;

  function set(change: Partial<LocalMediaState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }
  const setTrack = (slot: keyof Tracks, track: MediaStreamTrack | null) => {
    if (state.tracks[slot] !== track) state.tracks[slot]?.stop();
    set({ tracks: { ...state.tracks, [slot]: track } });
  };
  const setProblem = (what: 'microphone' | 'camera', problem: MediaProblem | null) =>
    set({ problems: { ...state.problems, [what]: problem } });
  const remember = () => memory.setItem(REMEMBERED, JSON.stringify({ wants: state.wants, chosen: state.chosen }));

  function constraints(what: 'microphone' | 'camera', exactly = false): MediaTrackConstraints {
    const id = state.chosen[what];
    const device = id === null ? {} : { deviceId: exactly ? { exact: id } : { ideal: id } };
    return what === 'microphone'
      ? { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
      : { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 }, facingMode: 'user' };
  }

  function take(what: 'microphone' | 'camera', track: MediaStreamTrack): void {
    if (stopped) {
      track.stop();
      return;
    }
    track.onended = () => {
      if (state.tracks[what] !== track) return;
      setTrack(what, null);
      setProblem(what, 'lost');
      void list();
    };
    if (what === 'microphone') track.enabled = state.wants.microphone;
    setTrack(what, track);
    const id = track.getSettings().deviceId ?? null;
    set({ problems: { ...state.problems, [what]: null }, chosen: { ...state.chosen, [what]: id } });
  }

  async function ask(what: 'microphone' | 'camera', exactly = false): Promise<void> {
    if (!devices) return setProblem(what, 'unsupported');
    try {
      const stream = await devices.getUserMedia(
        what === 'microphone' ? { audio: constraints(what, exactly) } : { video: constraints(what, exactly) },
      );
      const [track] = stream.getTracks();
      if (track) take(what, track);
    } catch (error) {
      setTrack(what, null);
      setProblem(what, problemOf(error));
    }
  }

  async function list(): Promise<void> {
    const found = (await devices?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind, word: string): Device[] =>
      found
        // Before anything is allowed, and in some browsers for speakers, devices have no ids: there is nothing to choose.
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map((device, index) => ({ id: device.deviceId, label: device.label || `${word} ${index + 1}` }));
    set({
      devices: {
        microphone: of('audioinput', 'Microphone'),
        camera: of('videoinput', 'Camera'),
        speaker: of('audiooutput', 'Speaker'),
      },
    });
  }

  const onDeviceChange = () => void list();
  devices?.addEventListener?.('devicechange', onDeviceChange);

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      set({ phase: 'asking' });
      const both = devices && state.wants.camera;
      // One question for both; where one of them stands in the way, each by itself tells which.
      const stream = both
        ? await devices.getUserMedia({ audio: constraints('microphone'), video: constraints('camera') }).catch(() => undefined)
        : undefined;
      if (stream) for (const track of stream.getTracks()) take(track.kind === 'audio' ? 'microphone' : 'camera', track);
      else {
        await ask('microphone');
        if (state.wants.camera) await ask('camera');
      }
      await list();
      set({ phase: 'ready' });
    },
    async turn(what, on) {
      set({ wants: { ...state.wants, [what]: on } });
      remember();
      const track = state.tracks[what];
      if (what === 'microphone') {
        // Kept open while muted: unmuting is heard from the first word.
        if (track) {
          track.enabled = on;
          set({ tracks: { ...state.tracks } });
        } else if (on) await ask('microphone');
      } else if (!on) setTrack('camera', null);
      else if (!track) await ask('camera');
      if (state.devices.camera.length + state.devices.microphone.length === 0) await list();
    },
    async choose(kind, id) {
      set({ chosen: { ...state.chosen, [kind]: id } });
      remember();
      if (kind === 'speaker' || (kind === 'camera' && !state.wants.camera)) return;
      // Phones open one camera at a time.
      if (kind === 'camera') setTrack('camera', null);
      await ask(kind, true);
    },
    async shareScreen() {
      try {
        const stream = await devices?.getDisplayMedia?.({ video: { frameRate: { max: 15 } }, audio: false });
        const [track] = stream?.getVideoTracks() ?? [];
        if (!track) return false;
        if ('contentHint' in track) track.contentHint = 'detail';
        track.onended = () => {
          if (state.tracks.screen === track) setTrack('screen', null);
        };
        setTrack('screen', track);
        return true;
      } catch {
        return false;
      }
    },
    stopScreen: () => setTrack('screen', null),
    stop() {
      stopped = true;
      devices?.removeEventListener?.('devicechange', onDeviceChange);
      for (const track of Object.values(state.tracks)) track?.stop();
      state = { ...state, phase: 'idle', tracks: { microphone: null, camera: null, screen: null } };
    },
  };
}

function problemOf(error: unknown): MediaProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}

function recall(memory: Memory): Remembered {
  const nothing: Remembered = {
    wants: { microphone: true, camera: true },
    chosen: { microphone: null, camera: null, speaker: null },
  };
  try {
    const { wants, chosen } = JSON.parse(memory.getItem(REMEMBERED) ?? '{}') as Partial<Remembered>;
    const id = (value: unknown) => (typeof value === 'string' ? value : null);
    return {
      wants: { microphone: wants?.microphone !== false, camera: wants?.camera !== false },
      chosen: { microphone: id(chosen?.microphone), camera: id(chosen?.camera), speaker: id(chosen?.speaker) },
    };
  } catch {
    return nothing;
  }
}
