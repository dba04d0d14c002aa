import { Code, Tabs, Text } from '@mantine/core';

/** A mail as it was sent: nothing in it runs, and its links open elsewhere. */
export function RenderedMailView({ rendered }: { rendered: { html: string; text: string; calendar?: { filename: string } } }) {
  return (
    <Tabs defaultValue="html" mt="md" keepMounted>
      <Tabs.List>
        <Tabs.Tab value="html">As it looks</Tabs.Tab>
        <Tabs.Tab value="text">As text</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html" pt="sm">
        <iframe
          title="The mail as it looks"
          srcDoc={rendered.html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          style={{
            width: '100%',
            height: 640,
            border: '1px solid var(--mantine-color-default-border)',
            borderRadius: 'var(--mantine-radius-sm)',
          }}
        />
        {rendered.calendar ? (
          <Text size="sm" c="dimmed" mt="xs">
            With an entry for calendars ({rendered.calendar.filename}).
          </Text>
        ) : null}
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="sm">
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {rendered.text}
        </Code>
      </Tabs.Panel>
    </Tabs>
  );
}
