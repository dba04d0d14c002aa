import { Button, Group, NativeSelect } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Found } from '#app/domain/meetings/readiness.ts';
import type { DeviceKind, LocalMedia, LocalMediaState, MediaProblem } from '../classroom.$id/call/local-media.ts';
import { LevelBar } from '../classroom.$id/level-bar.tsx';
import { playChime } from '../classroom.$id/play-chime.ts';
import { problemWords } from '../classroom.$id/problem-words.ts';
import { VideoTile } from '../classroom.$id/video-tile.tsx';
import { deniedWords } from './denied-words.ts';
import { Step, StepText } from './step.tsx';
import { whenHeard } from './when-heard.ts';

interface Props {
  media: LocalMedia;
  state: LocalMediaState;
  heard: boolean;
  onHeard(heard: boolean): void;
  speaker: Found;
  onSpeaker(found: Found): void;
}

export function DeviceSteps({ media, state, heard, onHeard, speaker, onSpeaker }: Props) {
  const { camera, microphone } = state.tracks;
  useEffect(() => {
    onHeard(false);
    return microphone ? whenHeard(microphone, () => onHeard(true)) : undefined;
  }, [microphone, onHeard]);
  const asking = state.phase === 'asking';
  return (
    <>
      <Step title="Camera" found={foundOf(asking, state.problems.camera, camera !== null ? 'ok' : 'not_tested')}>
        {camera ? (
          <>
            <div style={{ aspectRatio: '16 / 10', maxWidth: 360 }}>
              <VideoTile name="You" video={camera} showsVideo muted={false} mirrored />
            </div>
            <Choice kind="camera" media={media} state={state} />
          </>
        ) : (
          <Trouble device="camera" problem={state.problems.camera} media={media} asking={asking} />
        )}
      </Step>
      <Step
        title="Microphone"
        found={foundOf(asking, state.problems.microphone, microphone ? (heard ? 'ok' : 'weak') : 'not_tested')}
        mark={microphone && !heard ? 'Say something' : undefined}
      >
        {microphone ? (
          <>
            <StepText>
              {heard
                ? 'We hear you.'
                : 'Say a few words: the bar moves when you are heard. If it doesn’t, choose another microphone, or look for a mute switch on it.'}
            </StepText>
            <LevelBar track={microphone} />
            <Choice kind="microphone" media={media} state={state} />
          </>
        ) : (
          <Trouble device="microphone" problem={state.problems.microphone} media={media} asking={asking} />
        )}
      </Step>
      <Step title="Speaker" found={speaker} mark={speaker === 'missing' ? 'Not heard' : undefined}>
        <StepText>
          {speaker === 'missing'
            ? 'Turn the volume up, take headphones out or put them in, or choose another speaker; then play it again.'
            : 'Play a sound, and say whether you heard it.'}
        </StepText>
        <Choice kind="speaker" media={media} state={state} />
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconVolume size={18} aria-hidden />}
            onClick={() => void playChime(state.chosen.speaker)}
          >
            Play a sound
          </Button>
          <Button variant={speaker === 'ok' ? 'filled' : 'default'} onClick={() => onSpeaker('ok')}>
            I heard it
          </Button>
          <Button variant="default" onClick={() => onSpeaker('missing')}>
            I heard nothing
          </Button>
        </Group>
      </Step>
    </>
  );
}

function foundOf(asking: boolean, problem: MediaProblem | null, else_: Found): Found | 'trying' {
  if (problem) return problem === 'denied' ? 'denied' : 'missing';
  return asking && else_ === 'not_tested' ? 'trying' : else_;
}

function Choice({ kind, media, state }: { kind: DeviceKind; media: LocalMedia; state: LocalMediaState }) {
  const devices = state.devices[kind];
  if (devices.length < 2) return null;
  return (
    <NativeSelect
      label={{ camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker' }[kind]}
      value={state.chosen[kind] ?? devices[0]?.id ?? ''}
      onChange={(event) => void media.choose(kind, event.currentTarget.value)}
      data={devices.map(({ id, label }) => ({ value: id, label }))}
    />
  );
}

interface TroubleProps {
  device: 'camera' | 'microphone';
  problem: MediaProblem | null;
  media: LocalMedia;
  asking: boolean;
}

function Trouble({ device, problem, media, asking }: TroubleProps) {
  if (asking && !problem) return <StepText>Your browser asks whether this page may use it: choose Allow.</StepText>;
  const words = problem === 'denied' ? deniedWords(device, navigator.userAgent) : problem ? problemWords(device, problem) : null;
  return (
    <>
      <StepText>
        {words ?? `Your ${device} is off.`}
        {device === 'camera' && problem ? ' You can join without it.' : ''}
      </StepText>
      {problem === 'unsupported' ? null : (
        <Group>
          <Button variant="default" onClick={() => void media.turn(device, true)}>
            {problem ? 'Try again' : 'Turn it on'}
          </Button>
        </Group>
      )}
    </>
  );
}
