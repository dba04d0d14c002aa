import { Indicator, Tooltip, UnstyledButton } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import {
  IconMessage,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconSettings,
  IconUsers,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { LocalMediaState } from './call/local-media.ts';
import styles from './controls.module.css';
import type { RoomView } from './room-session.ts';

export type Panel = 'chat' | 'people';

interface Props {
  room: RoomView;
  local: LocalMediaState;
  /** With video and sound of one's own. */
  talks: boolean;
  panel: Panel | null;
  onDevice: (what: 'microphone' | 'camera') => void;
  onScreen: () => void;
  onPanel: (panel: Panel) => void;
  onSettings: () => void;
  onLeave: () => void;
}

export function Controls({ room, local, talks, panel, ...on }: Props) {
  const heard = local.wants.microphone && local.tracks.microphone !== null;
  const seen = local.tracks.camera !== null;
  const shown = local.tracks.screen !== null;
  const waiting = room.people.filter((person) => person.state === 'waiting' && person.online).length;
  return (
    <footer className={styles.controls} role="toolbar" aria-label="Classroom">
      {talks ? (
        <>
          <Control
            icon={heard ? IconMicrophone : IconMicrophoneOff}
            label={heard ? 'Mute' : 'Unmute'}
            hint="m"
            off={!heard}
            onClick={() => on.onDevice('microphone')}
          />
          <Control
            icon={seen ? IconVideo : IconVideoOff}
            label={seen ? 'Camera off' : 'Camera on'}
            hint="v"
            off={!seen}
            onClick={() => on.onDevice('camera')}
          />
          {local.canShareScreen ? (
            <Control
              icon={shown ? IconScreenShareOff : IconScreenShare}
              label={shown ? 'Stop sharing' : 'Share screen'}
              hint="s"
              active={shown}
              onClick={on.onScreen}
            />
          ) : null}
        </>
      ) : null}
      <Control
        icon={IconMessage}
        label="Chat"
        hint="c"
        count={room.unread}
        countLabel={`${room.unread} unread`}
        active={panel === 'chat'}
        opens="chat"
        expanded={panel === 'chat'}
        onClick={() => on.onPanel('chat')}
      />
      <Control
        icon={IconUsers}
        label="People"
        count={waiting}
        countLabel={`${waiting} waiting`}
        active={panel === 'people'}
        opens="people"
        expanded={panel === 'people'}
        onClick={() => on.onPanel('people')}
      />
      <Control icon={IconSettings} label="Settings" onClick={on.onSettings} />
      <Control icon={IconPhoneOff} label="Leave" leave onClick={on.onLeave} />
    </footer>
  );
}

interface ControlProps {
  icon: Icon;
  label: string;
  /** The key that does the same. */
  hint?: string;
  off?: boolean;
  active?: boolean;
  leave?: boolean;
  opens?: Panel;
  expanded?: boolean;
  count?: number;
  countLabel?: string;
  onClick: () => void;
}

function Control({
  icon: Shown,
  label,
  hint,
  off,
  active,
  leave,
  opens,
  expanded,
  count = 0,
  countLabel,
  onClick,
}: ControlProps) {
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label} openDelay={400}>
      <UnstyledButton
        className={styles.control}
        data-off={off || undefined}
        data-active={active || undefined}
        data-leave={leave || undefined}
        aria-label={count > 0 ? `${label}, ${countLabel}` : label}
        data-opens={opens}
        aria-expanded={expanded}
        aria-keyshortcuts={hint}
        onClick={onClick}
      >
        <Indicator label={count} size={18} disabled={count === 0} color="red.9" offset={2}>
          <Shown size={22} aria-hidden />
        </Indicator>
        <span className={styles.label} aria-hidden>
          {label}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
