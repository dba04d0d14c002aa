import { List, Text } from '@mantine/core';
import { Panel } from '#app/ui/record-facts.tsx';

/** How Lectern comes to stand among a phone's apps: the browser does it, in ways that differ. */
export function OnYourPhone() {
  return (
    <Panel title="On your phone">
      <Text size="sm">These pages can stand among your phone’s apps, and open without the browser’s bars:</Text>
      <List size="sm" spacing={4}>
        <List.Item>iPhone and iPad: in Safari tap Share, then “Add to Home Screen”.</List.Item>
        <List.Item>Android: open the browser’s menu, then “Install app” or “Add to Home screen”.</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        Nothing but what you type into a close-out is kept on it, until that is sent.
      </Text>
    </Panel>
  );
}
