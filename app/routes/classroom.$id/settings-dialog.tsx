import { Divider, Kbd, Modal, Stack, Table, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { LocalMedia } from './call/local-media.ts';
import { DeviceFields } from './device-fields.tsx';
import type { RoomPage } from './page-data.ts';

const KEYS = [
  ['m', 'Mute and unmute'],
  ['v', 'Camera on and off'],
  ['s', 'Share the screen'],
  ['c', 'Open and close the chat'],
  ['Esc', 'Close what is open'],
] as const;

/** Other devices while in, the keys, and whom to ask. */
export function SettingsDialog({ page, media, onClose }: { page: RoomPage; media: LocalMedia; onClose: () => void }) {
  const state = useSyncExternalStore(media.subscribe, media.get, media.get);
  return (
    <Modal opened onClose={onClose} title="Settings and help" size="lg" closeButtonProps={{ 'aria-label': 'Close the settings' }}>
      <Stack gap="lg">
        {page.role === 'observer' ? null : (
          <>
            <DeviceFields media={media} state={state} />
            <Divider />
          </>
        )}
        <Table withRowBorders={false} verticalSpacing={4} visibleFrom="sm" captionSide="top">
          <Table.Caption ta="start" mt={0}>
            Keys, while you are not typing or drawing
          </Table.Caption>
          <Table.Tbody>
            {KEYS.map(([key, words]) => (
              <Table.Tr key={key}>
                <Table.Td w={70}>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{words}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm" c="dimmed">
          Recording is not offered: picture and sound are kept nowhere. The whiteboard and the chat stay with the session.
          {page.support ? ` Need help now? ${page.support}` : ''}
        </Text>
      </Stack>
    </Modal>
  );
}
