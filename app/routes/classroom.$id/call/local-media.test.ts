import { describe, expect, test } from 'vitest';
import { createLocalMedia } from './local-media.ts';

type Asked = 'audio' | 'video';

class FakeTrack {
  enabled = true;
  stopped = false;
  onended: (() => void) | null = null;
  readonly kind: Asked;
  readonly deviceId: string;
  constructor(kind: Asked, deviceId: string) {
    this.kind = kind;
    this.deviceId = deviceId;
  }
  getSettings() {
    return { deviceId: this.deviceId };
  }
  stop() {
    this.stopped = true;
  }
}

/** A machine: what it has, by kind, and what the browser says when one is asked for. */
function aMachine(has: Partial<Record<Asked, string[]>>, refuses: Partial<Record<Asked, string>> = {}) {
  const given: FakeTrack[] = [];
  let questions = 0;
  const devices = {
    async getUserMedia(wanted: Partial<Record<Asked, { deviceId?: { exact?: string; ideal?: string } }>>) {
      questions++;
      const kinds = (['audio', 'video'] as const).filter((kind) => wanted[kind]);
      for (const kind of kinds) {
        if (!has[kind]?.length) throw Object.assign(new Error('none'), { name: 'NotFoundError' });
        if (refuses[kind]) throw Object.assign(new Error('no'), { name: refuses[kind] });
      }
      const tracks = kinds.map((kind) => {
        const asked = wanted[kind]?.deviceId;
        const id = has[kind]?.find((device) => device === (asked?.exact ?? asked?.ideal)) ?? has[kind]?.[0] ?? '';
        const track = new FakeTrack(kind, id);
        given.push(track);
        return track;
      });
      return { getTracks: () => tracks };
    },
    enumerateDevices: async () =>
      (['audio', 'video'] as const).flatMap((kind) =>
        (has[kind] ?? []).map((id) => ({ kind: `${kind}input`, deviceId: id, label: '' })),
      ),
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  return {
    devices: devices as unknown as MediaDevices,
    given,
    get questions() {
      return questions;
    },
  };
}

function aMemory(content: Record<string, string> = {}) {
  return {
    content,
    getItem: (key: string) => content[key] ?? null,
    setItem(key: string, value: string) {
      content[key] = value;
    },
  };
}

describe('camera and microphone', () => {
  test('are asked for once, together, and listed with names where the browser gives none', async () => {
    const machine = aMachine({ audio: ['m1'], video: ['c1', 'c2'] });
    const media = createLocalMedia(machine.devices, aMemory());
    await media.start();
    expect(machine.questions).toBe(1);
    expect(media.get()).toMatchObject({
      phase: 'ready',
      problems: { microphone: null, camera: null },
      chosen: { microphone: 'm1', camera: 'c1' },
      devices: { camera: [{ label: 'Camera 1' }, { label: 'Camera 2' }] },
    });
  });

  test.each([
    ['a camera that is not there', aMachine({ audio: ['m1'] }), null, 'missing'],
    [
      'a camera that another program holds',
      aMachine({ audio: ['m1'], video: ['c1'] }, { video: 'NotReadableError' }),
      null,
      'busy',
    ],
    [
      'a microphone that is not allowed',
      aMachine({ audio: ['m1'], video: ['c1'] }, { audio: 'NotAllowedError' }),
      'denied',
      null,
    ],
    ['nothing at all', aMachine({}), 'missing', 'missing'],
  ])('%s takes no other with it', async (_, machine, microphone, camera) => {
    const media = createLocalMedia(machine.devices, aMemory());
    await media.start();
    const { problems, tracks, phase } = media.get();
    expect({ phase, problems }).toEqual({ phase: 'ready', problems: { microphone, camera } });
    expect(tracks.microphone === null).toBe(microphone !== null);
    expect(tracks.camera === null).toBe(camera !== null);
  });

  test('a browser without them says so', async () => {
    const media = createLocalMedia(undefined, aMemory());
    await media.start();
    expect(media.get().problems).toEqual({ microphone: 'unsupported', camera: 'unsupported' });
  });

  test('muting keeps the microphone and silences it; the camera is let go, so that its light goes out', async () => {
    const machine = aMachine({ audio: ['m1'], video: ['c1'] });
    const media = createLocalMedia(machine.devices, aMemory());
    await media.start();
    const [microphone, camera] = machine.given;
    await media.turn('microphone', false);
    await media.turn('camera', false);
    expect(microphone).toMatchObject({ enabled: false, stopped: false });
    expect(camera).toMatchObject({ stopped: true });
    expect(media.get().tracks.camera).toBeNull();
    await media.turn('microphone', true);
    await media.turn('camera', true);
    expect(machine.given[0]).toMatchObject({ enabled: true });
    expect(media.get().tracks.camera).toBe(machine.given[2]);
  });

  test('another camera is another track, and the one before is let go', async () => {
    const machine = aMachine({ audio: ['m1'], video: ['c1', 'c2'] });
    const media = createLocalMedia(machine.devices, aMemory());
    await media.start();
    await media.choose('camera', 'c2');
    expect(machine.given[1]).toMatchObject({ deviceId: 'c1', stopped: true });
    expect(machine.given[2]).toMatchObject({ deviceId: 'c2', stopped: false });
  });

  test('the choice is kept for the next session; one whose device is gone falls back to what there is', async () => {
    const memory = aMemory();
    const first = createLocalMedia(aMachine({ audio: ['m1', 'm2'], video: ['c1'] }).devices, memory);
    await first.start();
    await first.choose('microphone', 'm2');
    await first.turn('camera', false);

    const next = createLocalMedia(aMachine({ audio: ['m1', 'm2'], video: ['c1'] }).devices, memory);
    await next.start();
    expect(next.get()).toMatchObject({ wants: { camera: false }, chosen: { microphone: 'm2' }, tracks: { camera: null } });

    const elsewhere = createLocalMedia(aMachine({ audio: ['m9'] }).devices, memory);
    await elsewhere.start();
    expect(elsewhere.get()).toMatchObject({ chosen: { microphone: 'm9' }, problems: { microphone: null } });
    expect(createLocalMedia(undefined, aMemory({ 'lectern.classroom.devices': '{' })).get().wants.camera).toBe(true);
  });

  test('one that is pulled out is said to be lost, and can be had again', async () => {
    const machine = aMachine({ audio: ['m1'], video: ['c1'] });
    const media = createLocalMedia(machine.devices, aMemory());
    await media.start();
    machine.given[0]?.onended?.();
    expect(media.get()).toMatchObject({ problems: { microphone: 'lost' }, tracks: { microphone: null } });
    await media.turn('microphone', true);
    expect(media.get().problems.microphone).toBeNull();
  });

  test('leaving lets go of everything, also of what the browser gives only then', async () => {
    const machine = aMachine({ audio: ['m1'], video: ['c1'] });
    const media = createLocalMedia(machine.devices, aMemory());
    const started = media.start();
    media.stop();
    await started;
    expect(machine.given.map((track) => track.stopped)).toEqual([true, true]);
  });
});
