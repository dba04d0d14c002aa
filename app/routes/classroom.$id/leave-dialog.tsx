import { Button, Modal, Stack, Text } from '@mantine/core';
import type { RoomSession, RoomView } from './room-session.ts';

interface Props {
  room: RoomView;
  session: RoomSession;
  onClose: () => void;
}

/** For those who may end it for all: which of the two do they want. */
export function LeaveDialog({ room, session, onClose }: Props) {
  const others = room.people.filter((person) => person.key !== room.you?.key && person.state === 'admitted' && person.online);
  const names = others.map((person) => person.name).join(' and ');
  return (
    <Modal opened onClose={onClose} title="Leave the classroom?" centered closeButtonProps={{ 'aria-label': 'Stay' }}>
      <Stack gap="sm">
        <Text size="sm">
          {names ? `${names} can go on without you, and you can come back. ` : 'You can come back until the session ends. '}
          Ended for all, nobody comes in again: the whiteboard and the chat stay to be read.
        </Text>
        <Button variant="default" data-autofocus onClick={session.leave}>
          Leave
        </Button>
        <Button
          color="red.9"
          onClick={() => {
            session.endForAll();
            onClose();
          }}
        >
          End for all
        </Button>
      </Stack>
    </Modal>
  );
}
