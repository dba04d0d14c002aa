import { Alert, Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useFetcher } from '@remix-run/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { CHECKED, type Checked, type Found, isReady, NOTHING_TESTED, type Readiness } from '#app/domain/meetings/readiness.ts';
import { createLocalMedia, type LocalMedia, type LocalMediaState, type MediaProblem } from '../classroom.$id/call/local-media.ts';
import { DeviceSteps } from './device-steps.tsx';
import { LineSteps } from './line-steps.tsx';
import type { ReadyFacts } from './load-ready.server.ts';

type Lines = Pick<Readiness, 'connection' | 'provider'>;

/** Camera, microphone, speaker and line, each tried and said in words: a session that begins late begins here. */
export function ReadyPage({ facts }: { facts: ReadyFacts }) {
  const [media, setMedia] = useState<LocalMedia>();
  useEffect(() => () => media?.stop(), [media]);
  const begin = () => {
    const made = createLocalMedia(navigator.mediaDevices, localStorage);
    setMedia(made);
    void made.start();
  };
  return (
    <Container component="main" id="main" size={720} py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <div>
          <Text size="sm" c="dimmed">
            {facts.session ?? 'For any session online'}
          </Text>
          <Title order={1}>{facts.session ? 'Check before the session' : 'Check camera and microphone'}</Title>
        </div>
        {media ? (
          <Checks media={media} facts={facts} />
        ) : (
          <>
            <Text>
              It takes a minute: your camera, microphone, speaker and connection are tried, and nothing is recorded. Your browser
              asks whether this page may use them; please allow it.
            </Text>
            {facts.last ? (
              <Text size="sm" c="dimmed">
                Last checked {facts.last.text}: {facts.last.ok ? 'all was well' : 'not all was well'}.
              </Text>
            ) : null}
            <Group>
              <Button onClick={begin}>Start the check</Button>
            </Group>
            <noscript>
              <Alert color="yellow" title="This check needs JavaScript">
                Switch it on in your browser and load this page again. Joining works without it.
              </Alert>
            </noscript>
          </>
        )}
        <Group gap="lg">
          <Anchor component={Link} to={facts.back.to} size="sm">
            {facts.back.label}
          </Anchor>
          {facts.support ? (
            <Text size="sm" c="dimmed">
              Need help now? {facts.support}
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Container>
  );
}

function Checks({ media, facts }: { media: LocalMedia; facts: ReadyFacts }) {
  const state = useSyncExternalStore(media.subscribe, media.get, media.get);
  const [heard, setHeard] = useState(false);
  const [speaker, setSpeaker] = useState<Found>('not_tested');
  const [lines, setLines] = useState<Lines>({ connection: 'not_tested', provider: 'not_tested' });
  const fetcher = useFetcher<{ ok: boolean; result: Readiness }>();
  // Kept as it was at first: saving loads the page's data anew, and nothing is to be tried again by that.
  const [room] = useState(facts.room);
  const result: Readiness = {
    ...NOTHING_TESTED,
    ...lines,
    speaker,
    camera: cameraOf(state),
    microphone: microphoneOf(state, heard),
  };
  const saved = fetcher.state === 'idle' ? fetcher.data?.result : undefined;
  return (
    <>
      <DeviceSteps media={media} state={state} heard={heard} onHeard={setHeard} speaker={speaker} onSpeaker={setSpeaker} />
      <LineSteps room={room} onFound={setLines} />
      <fetcher.Form method="post">
        {CHECKED.map((part: Checked) => (
          <input key={part} type="hidden" name={part} value={result[part]} />
        ))}
        <Stack gap="sm" align="flex-start">
          <Text fw={600} role="status">
            {isReady(result) ? 'You are ready.' : 'Not everything is tested or works yet. You can join all the same.'}
          </Text>
          <Group gap="sm">
            <Button type="submit" loading={fetcher.state !== 'idle'}>
              {facts.session ? 'Save, so that tutor and office know' : 'Save'}
            </Button>
            {saved ? (
              <Text size="sm" c="dimmed" role="status">
                {CHECKED.every((part) => saved[part] === result[part]) ? 'Saved' : 'Changed since it was saved'}
              </Text>
            ) : null}
          </Group>
        </Stack>
      </fetcher.Form>
    </>
  );
}

const found: Record<MediaProblem, Found> = {
  denied: 'denied',
  missing: 'missing',
  lost: 'missing',
  busy: 'missing',
  unsupported: 'missing',
};

function cameraOf({ tracks, problems }: LocalMediaState): Found {
  if (problems.camera) return found[problems.camera];
  return tracks.camera ? 'ok' : 'not_tested';
}

/** A microphone that is there and silent may be muted at its own switch. */
function microphoneOf({ tracks, problems }: LocalMediaState, heard: boolean): Found {
  if (problems.microphone) return found[problems.microphone];
  if (!tracks.microphone) return 'not_tested';
  return heard ? 'ok' : 'weak';
}
