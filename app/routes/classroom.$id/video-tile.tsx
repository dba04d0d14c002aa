import { Avatar } from '@mantine/core';
import { IconMicrophoneOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import styles from './video-tile.module.css';

interface Props {
  name: string;
  /** Shown instead of a name. */
  label?: string;
  video: MediaStreamTrack | null;
  /** Heard through this tile; never one's own. */
  audio?: MediaStreamTrack | null;
  speaker?: string | null;
  /** There is a picture in the video at this moment. */
  showsVideo: boolean;
  muted: boolean;
  speaking?: boolean;
  /** As in a mirror: people know themselves by it. */
  mirrored?: boolean;
  /** Nothing of it is cut off. */
  whole?: boolean;
  /** Instead of the picture: what is going on. */
  note?: string | undefined;
}

/** One person's picture and voice, or their initials. */
export function VideoTile({ name, label = name, video, audio = null, speaker = null, showsVideo, ...props }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const tracks = [video, audio].filter((track) => track !== null);
    shown.srcObject = tracks.length > 0 ? new MediaStream(tracks) : null;
    if (tracks.length > 0) shown.play().catch(() => {});
  }, [video, audio]);
  useEffect(() => {
    if (speaker) element.current?.setSinkId?.(speaker).catch(() => {});
  }, [speaker]);
  return (
    <figure className={styles.tile} data-speaking={props.speaking || undefined} aria-label={label}>
      <video
        ref={element}
        className={styles.video}
        data-mirrored={props.mirrored || undefined}
        data-whole={props.whole || undefined}
        data-hidden={!showsVideo || undefined}
        autoPlay
        playsInline
        muted={audio === null}
        aria-hidden
      />
      {showsVideo ? null : (
        <div className={styles.instead}>
          <Avatar size="lg" name={name} color="initials" variant="filled" className={styles.initials} aria-hidden />
          {props.note ? <p className={styles.note}>{props.note}</p> : null}
        </div>
      )}
      <figcaption className={styles.caption}>
        {props.muted ? <IconMicrophoneOff size={14} aria-label="Muted" /> : null}
        <span>{label}</span>
      </figcaption>
    </figure>
  );
}
