import { Alert, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { MailPreview } from '#app/domain/mail-templates/preview-mail.server.ts';
import styles from './emails.module.css';

/** What the mail looks like as it is typed: as wide as it comes, as on a phone, and as plain text. */
export function PreviewPane({ preview, checking }: { preview: MailPreview; checking: boolean }) {
  const [view, setView] = useState('wide');
  const { mail } = preview;
  return (
    <Stack gap="sm" aria-busy={checking}>
      {preview.note ? <Alert color="yellow" variant="light" title={preview.note} /> : null}
      {mail ? (
        <>
          <Group justify="space-between" gap="xs" wrap="wrap">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Text span size="sm" c="dimmed">
                Subject:{' '}
              </Text>
              <strong>{mail.subject}</strong>
            </Text>
            <SegmentedControl
              size="xs"
              aria-label="How it is shown"
              value={view}
              onChange={setView}
              data={[
                { value: 'wide', label: 'Computer' },
                { value: 'phone', label: 'Phone' },
                { value: 'text', label: 'Plain text' },
              ]}
            />
          </Group>
          {view === 'text' ? (
            <PlainText text={mail.text} />
          ) : (
            <iframe title="The mail" srcDoc={mail.html} sandbox="" className={styles.frame} data-view={view} />
          )}
          <noscript>
            <PlainText text={mail.text} />
          </noscript>
        </>
      ) : (
        <Text size="sm" c="dimmed" role="status">
          The mail is shown here once what is marked is mended.
        </Text>
      )}
    </Stack>
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <Code block className={styles.text} tabIndex={0} dir="auto">
      {text}
    </Code>
  );
}
