import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { Found, Readiness } from '#app/domain/meetings/readiness.ts';
import type { RoomTry } from './load-ready.server.ts';
import { Step, StepText } from './step.tsx';
import { type Connection, tryConnection, tryOwnCall, tryRoomHost } from './try-connection.ts';

interface Props {
  room: RoomTry;
  onFound(lines: Pick<Readiness, 'connection' | 'provider'>): void;
}

/** The line to us, and the way to the room. */
export function LineSteps({ room, onFound }: Props) {
  const [connection, setConnection] = useState<Connection>();
  const [provider, setProvider] = useState<Found>();
  const run = useCallback(async () => {
    setConnection(undefined);
    setProvider(undefined);
    const [line, there] = await Promise.all([tryConnection(), tryRoom(room)]);
    setConnection(line);
    setProvider(there);
    onFound({ connection: line.found, provider: there });
  }, [room, onFound]);
  useEffect(() => void run(), [run]);
  return (
    <>
      <Step title="Connection" found={connection?.found ?? 'trying'}>
        <StepText>{connection ? connectionWords(connection) : 'Messages go to us and back.'}</StepText>
        {connection && connection.found !== 'ok' ? (
          <Group>
            <Button variant="default" onClick={() => void run()}>
              Try again
            </Button>
          </Group>
        ) : null}
      </Step>
      {room.kind === 'none' && room.name === null ? null : (
        <Step title="The room" found={provider ?? 'trying'}>
          <StepText>{provider ? roomWords(room, provider) : 'The way to the room is tried.'}</StepText>
        </Step>
      )}
    </>
  );
}

async function tryRoom(room: RoomTry): Promise<Found> {
  if (room.kind === 'host') return tryRoomHost(room.origin);
  return room.kind === 'own' ? tryOwnCall(room.iceServers) : 'not_tested';
}

function connectionWords({ found, ms }: Connection): string {
  if (found === 'missing') return 'We can’t be reached. Look whether other pages open, and whether you are on the right Wi-Fi.';
  if (found === 'weak') {
    return `It works, and it is slow or loses something (${ms} ms there and back). Sit nearer to the Wi-Fi, use a cable, or stop downloads and films on the same line.`;
  }
  return `Good: ${ms} ms there and back.`;
}

function roomWords(room: RoomTry, found: Found): string {
  if (room.kind === 'none') return `${room.name ?? 'The room'} can only be tried by joining: its link is made when you do.`;
  if (room.kind === 'host') {
    return found === 'ok'
      ? `${room.name} answers.`
      : `${room.name} does not answer here. A firewall or an extension of your browser may be in the way; try another network, such as your phone’s.`;
  }
  if (found === 'ok') return 'Your browser can hold a call in our classroom.';
  return found === 'weak'
    ? 'Calls work on this device, and your network may let none through. If the picture doesn’t come, try another network, such as your phone’s.'
    : 'Your browser can’t hold a call here. A current Chrome, Edge, Firefox or Safari can.';
}
