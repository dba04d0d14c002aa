import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { lazy, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { createLocalMedia, type LocalMedia } from './call/local-media.ts';
import { openRoomConnection, type RoomConnection } from './connection.ts';
import { AfterRoom } from './end-page.tsx';
import { Entrance } from './entrance.tsx';
import type { RoomPage } from './page-data.ts';
import { Room } from './room.tsx';
import { fileAddress, uploadFile } from './room-files.ts';
import { openRoomSession, type RoomSession, type RoomView } from './room-session.ts';

const Whiteboard = lazy(() => import('./whiteboard/whiteboard.tsx'));

interface Opened {
  session: RoomSession;
  connection: RoomConnection;
}

/** The classroom from its door to what comes after. In the browser alone. */
export function Classroom({ page }: { page: RoomPage }) {
  // Every entry begins with devices of its own: leaving lets go of them.
  const [entry, setEntry] = useState({ number: 0, inside: false });
  const media = useLocalMedia(page.role !== 'observer', entry.number);
  if (!media) return null;
  if (entry.inside) {
    return (
      <Inside
        key={entry.number}
        page={page}
        media={media}
        onAgain={() => setEntry({ number: entry.number + 1, inside: true })}
        onAway={() => setEntry({ number: entry.number + 1, inside: false })}
      />
    );
  }
  return (
    <Entrance page={page} media={media}>
      <Button size="lg" onClick={() => setEntry({ ...entry, inside: true })}>
        {page.role === 'observer' ? 'Look on' : 'Enter the classroom'}
      </Button>
    </Entrance>
  );
}

function open(page: RoomPage, media: LocalMedia): Opened {
  let connection: RoomConnection | undefined;
  const session = openRoomSession({
    media,
    connect(listener) {
      const url = new URL(`/classroom/${page.sessionId}/socket`, location.href);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      connection = openRoomConnection({ url: url.href, listener });
      return connection;
    },
    createConnection: () => new RTCPeerConnection({ iceServers: page.iceServers }),
  });
  return { session, connection: connection as RoomConnection };
}

interface InsideProps {
  page: RoomPage;
  media: LocalMedia;
  /** Straight in once more. */
  onAgain: () => void;
  /** Back before the door. */
  onAway: () => void;
}

function Inside(props: InsideProps) {
  const { page, media } = props;
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    const made = open(page, media);
    setOpened(made);
    return () => made.session.close();
  }, [page, media]);
  return opened ? <Opened {...props} opened={opened} /> : null;
}

function Opened({ page, media, opened: { session, connection }, onAgain, onAway }: InsideProps & { opened: Opened }) {
  const room = useSyncExternalStore(session.subscribe, session.get, session.get);
  const over = room.end !== null;
  useEffect(() => {
    // The camera's light goes out with the room.
    if (over) media.stop();
  }, [over, media]);
  const key = room.you?.key ?? '';
  // One and the same element: whoever speaks meanwhile doesn't draw the board anew.
  const board = useMemo(
    () => (
      <Whiteboard
        doc={connection.doc}
        awareness={connection.awareness}
        me={{ key, name: page.name, colour: page.colour }}
        readOnly={page.role === 'observer'}
        uploadImage={async (file) => fileAddress(page.sessionId, (await uploadFile(page.sessionId, 'board', file)).id)}
      />
    ),
    [connection, page, key],
  );
  if (room.end) return <AfterRoom page={page} end={room.end} onAgain={onAgain} />;
  if (room.you?.state === 'admitted') return <Room page={page} media={media} session={session} board={board} />;
  return (
    <Entrance page={page} media={media}>
      <AtTheDoor page={page} room={room} onAway={onAway} />
    </Entrance>
  );
}

function AtTheDoor({ page, room, onAway }: { page: RoomPage; room: RoomView; onAway: () => void }) {
  return (
    <Stack gap="xs" align="flex-start">
      <div role="status">
        {room.you ? (
          <>
            <Text fw={600}>{room.hostHere ? 'You are at the door' : `${page.tutorName} is not here yet`}</Text>
            <Text size="sm">
              {room.hostHere
                ? `${page.tutorName} sees that you are here, and lets you in.`
                : 'Stay on this page: you are let in when they come.'}
            </Text>
          </>
        ) : (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            <Text fw={600}>{room.link === 'away' ? 'The server is looked for again' : 'You are being connected'}</Text>
          </Group>
        )}
      </div>
      <Button variant="default" onClick={onAway}>
        Not now
      </Button>
    </Stack>
  );
}

/** Camera and microphone while the page is open; `asks`: at once, so that the person sees what others will see. */
function useLocalMedia(asks: boolean, entry: number): LocalMedia | undefined {
  const [media, setMedia] = useState<LocalMedia>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each entry has its own
  useEffect(() => {
    const made = createLocalMedia(navigator.mediaDevices, localStorage);
    setMedia(made);
    if (asks) void made.start();
    return () => made.stop();
  }, [asks, entry]);
  return media;
}
