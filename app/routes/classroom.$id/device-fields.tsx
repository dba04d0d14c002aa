import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import type { DeviceKind, LocalMedia, LocalMediaState } from './call/local-media.ts';
import { LevelBar } from './level-bar.tsx';
import { playChime } from './play-chime.ts';
import { problemWords } from './problem-words.ts';

const LABELS: Record<DeviceKind, string> = { camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker' };

/** Which camera, microphone and speaker, and whether they work. */
export function DeviceFields({ media, state }: { media: LocalMedia; state: LocalMediaState }) {
  return (
    <Stack gap="md">
      <DeviceField kind="camera" media={media} state={state} />
      <div>
        <DeviceField kind="microphone" media={media} state={state} />
        <LevelBar track={state.tracks.microphone} />
      </div>
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <DeviceField kind="speaker" media={media} state={state} />
        <Button
          variant="default"
          flex="none"
          leftSection={<IconVolume size={18} aria-hidden />}
          onClick={() => void playChime(state.chosen.speaker)}
        >
          Play a sound
        </Button>
      </Group>
    </Stack>
  );
}

function DeviceField({ kind, media, state }: { kind: DeviceKind; media: LocalMedia; state: LocalMediaState }) {
  const devices = state.devices[kind];
  const problem = kind === 'speaker' ? null : state.problems[kind];
  return (
    <div style={{ flex: 1, minWidth: 0 }}>
      <NativeSelect
        label={LABELS[kind]}
        disabled={devices.length === 0}
        value={state.chosen[kind] ?? devices[0]?.id ?? ''}
        onChange={(event) => void media.choose(kind, event.currentTarget.value)}
        data={
          devices.length === 0
            ? [{ value: '', label: kind === 'speaker' ? 'The one your device uses' : 'None found' }]
            : devices.map(({ id, label }) => ({ value: id, label }))
        }
      />
      {problem && kind !== 'speaker' ? (
        <Group gap="xs" mt={4} role="alert">
          <Text size="sm" c="var(--mantine-color-error)" flex={1}>
            {problemWords(kind, problem)}
          </Text>
          {problem === 'unsupported' ? null : (
            <Button size="compact-sm" variant="default" onClick={() => void media.turn(kind, true)}>
              Try again
            </Button>
          )}
        </Group>
      ) : null}
    </div>
  );
}
