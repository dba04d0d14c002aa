import { Skeleton, Text } from '@mantine/core';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import type { RoomPerson } from '#app/domain/classroom/protocol.ts';
import type { LocalMediaState } from './call/local-media.ts';
import type { RoomPage } from './page-data.ts';
import styles from './room.module.css';
import type { CallView, RoomView } from './room-session.ts';
import { VideoTile } from './video-tile.tsx';

export type Large = 'board' | 'people' | 'screen';

interface Props {
  page: RoomPage;
  room: RoomView;
  local: LocalMediaState;
  large: Large;
  /** The whiteboard with all it needs; its code is loaded when it is first shown. */
  board: ReactNode;
}

/**
 * Whiteboard, screen and pictures lie where the style sheet puts them: what is shown large changes without anything being
 * taken out of the page, so that no picture flickers and no drawing is begun anew.
 */
export function Stage({ page, room, local, large, board }: Props) {
  const [boardWanted, setBoardWanted] = useState(large === 'board');
  useEffect(() => {
    if (large === 'board') setBoardWanted(true);
  }, [large]);
  const you = room.you as RoomPerson;
  const others = room.people.filter(
    (person) => person.key !== you.key && person.role !== 'observer' && person.state === 'admitted',
  );
  const shower = others.find((person) => person.media.screen);
  const screen = shower ? (room.calls[shower.key]?.tracks.screen ?? null) : null;
  const hidden = (which: Large) => large !== which;
  return (
    <main className={styles.stage}>
      <div className={styles.board} data-hidden={hidden('board') || undefined} {...(hidden('board') ? { inert: '' } : {})}>
        {boardWanted ? (
          <Suspense fallback={<Skeleton height="100%" radius={0} aria-label="The whiteboard is being loaded" />}>
            {board}
          </Suspense>
        ) : null}
      </div>
      {large === 'screen' && shower ? (
        <div className={styles.screen}>
          <VideoTile name={shower.name} label={`${shower.name}’s screen`} video={screen} showsVideo muted={false} whole />
        </div>
      ) : null}
      <section className={styles.tiles} aria-label="Video">
        {others.map((person) => (
          <div key={person.key} className={styles.other}>
            <OtherTile
              person={person}
              call={room.calls[person.key]}
              speaker={local.chosen.speaker}
              looksOn={you.role === 'observer'}
            />
          </div>
        ))}
        {others.length === 0 ? <Nobody page={page} room={room} /> : null}
        {you.role === 'observer' ? null : (
          <div className={styles.self}>
            <VideoTile
              name={you.name}
              label="You"
              video={local.tracks.camera}
              showsVideo={local.tracks.camera !== null}
              muted={!local.wants.microphone || local.tracks.microphone === null}
              mirrored
            />
          </div>
        )}
      </section>
    </main>
  );
}

interface OtherTileProps {
  person: RoomPerson;
  call: CallView | undefined;
  speaker: string | null;
  looksOn: boolean;
}

function OtherTile({ person, call, speaker, looksOn }: OtherTileProps) {
  return (
    <VideoTile
      name={person.name}
      video={call?.tracks.camera ?? null}
      audio={call?.tracks.microphone ?? null}
      speaker={speaker}
      showsVideo={call?.state === 'connected' && person.media.camera}
      muted={!person.media.microphone}
      speaking={call?.speaking ?? false}
      note={looksOn ? undefined : noteOn(person, call)}
    />
  );
}

function noteOn(person: RoomPerson, call: CallView | undefined): string | undefined {
  if (call?.state === 'connected') return undefined;
  if (!person.online) return 'Not connected at the moment.';
  if (call?.state === 'failed') return 'No video gets through between your networks. Whiteboard and chat work.';
  return call?.state === 'interrupted' ? 'The video was cut off and is looked for again.' : 'The video is being connected.';
}

/** The other's place while it is empty. */
function Nobody({ page, room }: { page: RoomPage; room: RoomView }) {
  const waiting = room.people.find((person) => person.state === 'waiting' && person.online);
  const line =
    page.role === 'guest'
      ? `${page.tutorName} is not here yet.`
      : waiting
        ? `${waiting.name} is waiting to be let in.`
        : 'Nobody else is here yet.';
  const more = page.role === 'guest' ? 'Stay here: you see when they come.' : 'You see when somebody comes to the door.';
  return (
    <div className={styles.other}>
      <div className={styles.nobody}>
        <Text fw={600} size="sm">
          {line}
        </Text>
        {waiting && page.role !== 'guest' ? null : <Text size="sm">{more}</Text>}
      </div>
    </div>
  );
}
