import { Anchor, Button, Text } from '@mantine/core';
import { Link, useRevalidator } from '@remix-run/react';
import { IconVideo } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { JoinStateName } from '#app/domain/meetings/join-window.ts';

/** The way into the room of a session, as it is now for who reads. Times are in words already. */
export interface JoinView {
  state: JoinStateName;
  href: string;
  /** When Join appears: for people, and as an instant for the page's timer. */
  opensAtText: string;
  opensAtIso: string;
}

/** The longest time-out a browser keeps (2^31 - 1 ms); later ones would fire at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** Where camera and microphone are tried before it; nothing once it is over, cancelled or somewhere. */
export function ReadyLink({ join, label }: { join: JoinView; label: string }) {
  if (join.state !== 'open' && join.state !== 'too_early' && join.state !== 'pending') return null;
  return (
    <Anchor
      component={Link}
      to={join.href.replace(/join$/, 'ready')}
      size="sm"
      aria-label={`Check camera and microphone for ${label}`}
    >
      Check camera and microphone
    </Anchor>
  );
}

export function SessionJoin({ join, label, fullWidth = false }: { join: JoinView; label: string; fullWidth?: boolean }) {
  useRefreshAt(join.state === 'too_early' ? join.opensAtIso : undefined);
  if (join.state === 'open') {
    return (
      // A plain link: following it logs who joined, so nothing may fetch it ahead.
      <Button
        component="a"
        href={join.href}
        leftSection={<IconVideo size={18} aria-hidden />}
        fullWidth={fullWidth}
        aria-label={`Join ${label}`}
      >
        Join
      </Button>
    );
  }
  const text = joinText(join);
  return text === undefined ? null : (
    <Text
      size="sm"
      c={join.state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}
      role={join.state === 'failed' ? 'alert' : undefined}
    >
      {text}
    </Text>
  );
}

function joinText(join: JoinView): string | undefined {
  if (join.state === 'too_early') return `Join opens at ${join.opensAtText}`;
  if (join.state === 'pending') return 'The online room is being made';
  if (join.state === 'failed') return 'The online room couldn’t be made: the office has been told';
  return undefined;
}

/** Loads the page's data anew at an instant, so that Join appears by itself. */
function useRefreshAt(iso: string | undefined) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (iso === undefined) return;
    const delay = Date.parse(iso) - Date.now();
    if (delay > MAX_DELAY_MS) return;
    const timer = setTimeout(revalidate, Math.max(delay, 0) + 500);
    return () => clearTimeout(timer);
  }, [iso, revalidate]);
}
