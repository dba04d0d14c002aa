import { Badge, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { QUALITY_WORDS } from './call/quality.ts';
import type { RoomPage } from './page-data.ts';
import styles from './room.module.css';
import { roomTime, spoken } from './room-clock.ts';
import type { RoomSession, RoomView } from './room-session.ts';
import type { Large } from './stage.tsx';

interface Props {
  page: RoomPage;
  room: RoomView;
  session: RoomSession;
  large: Large;
  showsScreen: boolean;
  onLarge: (large: Large) => void;
}

export function RoomHeader({ page, room, session, large, showsScreen, onLarge }: Props) {
  return (
    <header className={styles.header}>
      <Text component="h1" fw={600} size="sm" truncate className={styles.title}>
        {page.title}
      </Text>
      <Clock room={room} session={session} />
      <ConnectionWords room={room} />
      {page.role === 'observer' ? null : (
        <SegmentedControl
          size="xs"
          aria-label="What is shown large"
          className={styles.switch}
          value={large}
          onChange={(value) => onLarge(value as Large)}
          data={[
            { value: 'board', label: 'Whiteboard' },
            { value: 'people', label: 'Video' },
            ...(showsScreen ? [{ value: 'screen', label: 'Screen' }] : []),
          ]}
        />
      )}
    </header>
  );
}

const CLOCK_COLOURS = { before: 'gray', during: 'gray', last: 'yellow', over: 'red' } as const;

/** Runs by the server's clock: that of a tablet may be minutes wrong. */
function Clock({ room, session }: Pick<Props, 'room' | 'session'>) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const time =
    room.startsAt === null || room.endsAt === null ? undefined : roomTime(now + room.clockAhead, room.startsAt, room.endsAt);
  const before = useRef(time?.phase);
  const phase = time?.phase;
  useEffect(() => {
    const words = before.current && phase ? spoken(before.current, phase) : undefined;
    before.current = phase;
    if (words) session.say(words);
  }, [phase, session]);
  return time ? (
    <Badge variant="light" size="lg" radius="sm" tt="none" color={CLOCK_COLOURS[time.phase]} className="tabular" flex="none">
      {time.text}
    </Badge>
  ) : null;
}

function ConnectionWords({ room }: { room: RoomView }) {
  const [call] = Object.values(room.calls);
  if (call?.state !== 'connected') return null;
  const words = QUALITY_WORDS[call.quality];
  return (
    <Tooltip label={words.long} multiline maw={260}>
      <Text size="xs" c="dimmed" className={styles.quality} data-quality={call.quality} tabIndex={0}>
        {words.short}
      </Text>
    </Tooltip>
  );
}
