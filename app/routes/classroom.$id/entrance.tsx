import { Anchor, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconMicrophone, IconMicrophoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { LocalMedia } from './call/local-media.ts';
import { DeviceFields } from './device-fields.tsx';
import styles from './entrance.module.css';
import type { RoomPage } from './page-data.ts';
import { VideoTile } from './video-tile.tsx';

interface Props {
  page: RoomPage;
  media: LocalMedia;
  /** Over the button, or instead of it while one waits. */
  children: ReactNode;
}

/** Before the room: how one looks and sounds, and with which devices. */
export function Entrance({ page, media, children }: Props) {
  const state = useSyncExternalStore(media.subscribe, media.get, media.get);
  const looksOn = page.role === 'observer';
  return (
    <Container component="main" size={920} py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <div>
          <Text size="sm" c="dimmed">
            {page.when}
            {page.role === 'host' ? '' : `, with ${page.tutorName}`}
          </Text>
          <Title order={1}>{page.title}</Title>
        </div>
        <div className={styles.columns} data-alone={looksOn || undefined}>
          {looksOn ? (
            <Text>
              You look on for the office: you see the whiteboard, the chat and who is in the room, and both see that you are
              there. Video and sound are between tutor and student alone.
            </Text>
          ) : (
            <div>
              <div className={styles.preview}>
                <VideoTile
                  name={page.name}
                  label={`${page.name} (you)`}
                  video={state.tracks.camera}
                  showsVideo={state.tracks.camera !== null}
                  muted={state.tracks.microphone === null || !state.wants.microphone}
                  note={state.phase === 'asking' ? 'Your browser asks whether the camera and microphone may be used' : undefined}
                  mirrored
                />
              </div>
              <Group justify="center" gap="sm" mt="sm">
                <Toggle media={media} what="microphone" on={state.wants.microphone} />
                <Toggle media={media} what="camera" on={state.wants.camera} />
              </Group>
            </div>
          )}
          <Stack gap="lg">
            {looksOn ? null : <DeviceFields media={media} state={state} />}
            {children}
            <Text size="sm" c="dimmed">
              You enter as {page.name}. {looksOn ? '' : 'It works without a camera or microphone too. '}Recording is not offered:
              picture and sound are kept nowhere. The whiteboard and the chat stay with the session.
            </Text>
          </Stack>
        </div>
        <Group gap="lg">
          {page.back ? (
            <Anchor component={Link} to={page.back.href} size="sm">
              {page.back.label}
            </Anchor>
          ) : null}
          {page.support ? (
            <Text size="sm" c="dimmed">
              Need help now? {page.support}
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Container>
  );
}

const TOGGLES = {
  microphone: { on: IconMicrophone, off: IconMicrophoneOff, label: 'Microphone' },
  camera: { on: IconVideo, off: IconVideoOff, label: 'Camera' },
} as const;

function Toggle({ media, what, on }: { media: LocalMedia; what: keyof typeof TOGGLES; on: boolean }) {
  const { label, ...icons } = TOGGLES[what];
  const Icon = on ? icons.on : icons.off;
  return (
    <Button
      variant={on ? 'default' : 'light'}
      color={on ? undefined : 'red'}
      leftSection={<Icon size={18} aria-hidden />}
      onClick={() => void media.turn(what, !on)}
    >
      {label} {on ? 'on' : 'off'}
    </Button>
  );
}
