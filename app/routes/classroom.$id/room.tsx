import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LocalMedia } from './call/local-media.ts';
import { ChatPanel } from './chat-panel.tsx';
import { Controls, type Panel } from './controls.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { Notices } from './notices.tsx';
import type { RoomPage } from './page-data.ts';
import { PeoplePanel } from './people-panel.tsx';
import styles from './room.module.css';
import { RoomHeader } from './room-header.tsx';
import type { RoomSession } from './room-session.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { type Large, Stage } from './stage.tsx';
import { useKeys } from './use-keys.ts';
import { useScreenStaysOn } from './use-screen-stays-on.ts';

interface Props {
  page: RoomPage;
  media: LocalMedia;
  session: RoomSession;
  board: ReactNode;
}

/** In the room: whiteboard and video, whichever of them is large, and beside them the chat or the people. */
export function Room({ page, media, session, board }: Props) {
  const room = useSyncExternalStore(session.subscribe, session.get, session.get);
  const local = useSyncExternalStore(media.subscribe, media.get, media.get);
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<'board' | 'people'>(isWide || page.role === 'observer' ? 'board' : 'people');
  const [hidesScreen, setHidesScreen] = useState(false);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [dialog, setDialog] = useState<'settings' | 'leave' | null>(null);
  const you = room.you;
  const showsScreen = room.people.some(({ key, media: shown }) => key !== you?.key && shown.screen);
  useEffect(() => {
    // Whoever shows something wants it seen; another one later is another matter.
    if (!showsScreen) setHidesScreen(false);
  }, [showsScreen]);
  const large: Large = showsScreen && !hidesScreen ? 'screen' : chosen;
  useScreenStaysOn();

  const frame = useRef<HTMLDivElement>(null);

  function show(next: Panel | null): void {
    // Whoever was in what closes stands at its button again.
    const button = next === null && panel ? frame.current?.querySelector<HTMLElement>(`[data-opens="${panel}"]`) : undefined;
    setPanel(next);
    button?.focus();
    session.openChat(next === 'chat');
  }
  function enlarge(next: Large): void {
    setHidesScreen(showsScreen && next !== 'screen');
    if (next !== 'screen') setChosen(next);
  }
  const toggle = (which: Panel) => show(panel === which ? null : which);
  const toggleDevice = (what: 'microphone' | 'camera') => void media.turn(what, !isOn(local, what));
  const toggleScreen = () => (local.tracks.screen ? media.stopScreen() : void media.shareScreen());
  const leave = () => (page.role === 'guest' ? session.leave() : setDialog('leave'));
  const talks = page.role !== 'observer';
  useKeys(dialog === null, {
    c: () => toggle('chat'),
    escape: () => show(null),
    ...(talks ? { m: () => toggleDevice('microphone'), v: () => toggleDevice('camera') } : {}),
    ...(talks && local.canShareScreen ? { s: toggleScreen } : {}),
  });
  if (!you) return null;

  return (
    <div
      ref={frame}
      className={styles.room}
      data-large={large}
      data-panel={panel ?? undefined}
      data-looks-on={!talks || undefined}
    >
      <RoomHeader page={page} room={room} session={session} large={large} showsScreen={showsScreen} onLarge={enlarge} />
      <Stage page={page} room={room} local={local} large={large} board={board} />
      {panel === 'chat' ? <ChatPanel page={page} room={room} session={session} onClose={() => show(null)} /> : null}
      {panel === 'people' ? <PeoplePanel room={room} session={session} onClose={() => show(null)} /> : null}
      <Controls
        room={room}
        local={local}
        talks={talks}
        panel={panel}
        onDevice={toggleDevice}
        onScreen={toggleScreen}
        onPanel={toggle}
        onSettings={() => setDialog('settings')}
        onLeave={leave}
      />
      <Notices room={room} local={local} session={session} onChat={() => show('chat')} />
      {dialog === 'settings' ? <SettingsDialog page={page} media={media} onClose={() => setDialog(null)} /> : null}
      {dialog === 'leave' ? <LeaveDialog room={room} session={session} onClose={() => setDialog(null)} /> : null}
      <VisuallyHidden role="status">
        <span key={room.said?.number}>{room.said?.text}</span>
      </VisuallyHidden>
    </div>
  );
}

const isOn = (local: ReturnType<LocalMedia['get']>, what: 'microphone' | 'camera') =>
  what === 'microphone' ? local.wants.microphone && local.tracks.microphone !== null : local.tracks.camera !== null;
