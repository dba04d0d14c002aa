import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { TemplateVersion } from '#app/domain/mail-templates/queries.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './emails.module.css';

type Version = Omit<TemplateVersion, 'at'> & { at: Date | string };

interface Props {
  address: string;
  versions: Version[];
  /** The newest, which a step back comes after. */
  version: number;
}

const partWords = { subject: 'Subject', body: 'Mail', plain: 'Plain text' } as const;
const lineWords = { same: ' ', gone: '−', new: '+', skip: '' } as const;

/** Who changed the mail and how, with a way back to each. */
export function VersionHistory({ address, versions, version }: Props) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="history" mt="xl">
      <Title order={2} id="history">
        History
      </Title>
      {versions.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing was changed yet: the mail goes out as it ships. Each change is kept here, with a way back.
        </Text>
      ) : null}
      {versions.map((one) => (
        <Paper key={one.version} withBorder p="sm" radius="md">
          <Group justify="space-between" gap="xs">
            <Group gap="xs">
              <Text size="sm" fw={600}>
                Version {one.version}
              </Text>
              {one.version === version ? <StatusBadge tone="live" label="Goes out now" /> : null}
              <Text size="sm" c="dimmed">
                {one.isDefault ? 'back to what ships, ' : ''}by {one.by}, <DateTime value={one.at} plain />
              </Text>
            </Group>
            {one.version !== version && !one.isDefault ? (
              <Form method="post" action={address}>
                <input type="hidden" name="version" value={version} />
                <input type="hidden" name="again" value={one.version} />
                <SubmitButton name="intent" value="again" variant="default" size="xs">
                  Use this one again
                </SubmitButton>
              </Form>
            ) : null}
          </Group>
          {one.changes.length > 0 ? (
            <details>
              <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
                What changed
              </Text>
              {one.changes.map(({ part, lines }) => (
                <div key={part}>
                  <Text size="sm" c="dimmed" mt="xs" mb={4}>
                    {partWords[part]}
                  </Text>
                  <pre className={styles.diff} dir="ltr">
                    {lines.map(({ kind, text }, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
                      <span key={index} className={kind === 'same' ? undefined : styles[kind]}>
                        {kind === 'skip' ? '…' : `${lineWords[kind]} ${text}`}
                      </span>
                    ))}
                  </pre>
                </div>
              ))}
            </details>
          ) : null}
        </Paper>
      ))}
    </Stack>
  );
}
