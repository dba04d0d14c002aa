import { Button, Code, CopyButton, Group, List, Paper, Text, Title } from '@mantine/core';
import type { GuidePart } from '#app/plugin-host/setup-guide.ts';
import styles from './install-guide.module.css';

interface InstallGuideProps {
  steps: GuidePart[][];
  /** Said as long as nobody has run it against the provider itself. */
  unproven: string | null;
}

/** What is to be done at the provider, in order, with this installation's own addresses filled in. */
export function InstallGuide({ steps, unproven }: InstallGuideProps) {
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="guide">
      <Title order={2} id="guide" mb="xs">
        What to do at the provider
      </Title>
      <List type="ordered" size="sm" spacing="xs">
        {steps.map((parts) => (
          <List.Item key={parts.map((part) => part.text).join('')}>
            {parts.map((part) => (
              <Part key={part.kind + part.text} part={part} />
            ))}
          </List.Item>
        ))}
      </List>
      {unproven ? (
        <Text size="sm" mt="sm" c="dimmed">
          {unproven}
        </Text>
      ) : null}
    </Paper>
  );
}

function Part({ part }: { part: GuidePart }) {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'code') return <Code className={styles.code}>{part.text}</Code>;
  return (
    <Group gap="xs" wrap="nowrap" mt={4}>
      <Code block className={styles.address}>
        {part.text}
      </Code>
      <CopyButton value={part.text}>
        {({ copied, copy }) => (
          <Button variant="default" size="xs" onClick={copy} flex="none" aria-label={`Copy ${part.text}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
