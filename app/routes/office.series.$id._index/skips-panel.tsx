import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { SkipView } from './view-series.ts';

/** Days of the rule without a session, and why; those that still need somebody's eye come with what can be done. */
export function SkipsPanel({ skips, formId, may }: { skips: readonly SkipView[]; formId: string; may: boolean }) {
  if (skips.length === 0) return null;
  const sorted = [...skips].sort((a, b) => Number(b.toDecide) - Number(a.toDecide) || (a.date < b.date ? -1 : 1));
  return (
    <Panel title={skips.length === 1 ? 'One day left out' : `${skips.length} days left out`}>
      <Stack gap="md">
        {sorted.map((skip) => (
          <div key={skip.date}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {skip.day}
              </Text>
              {skip.toDecide ? <StatusBadge tone="attention" label="To look at" /> : null}
            </Group>
            <Text size="sm" c="dimmed">
              {skip.text}
            </Text>
            {may && skip.open ? <SkipForm skip={skip} formId={formId} /> : null}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

function SkipForm({ skip, formId }: { skip: SkipView; formId: string }) {
  return (
    <details>
      <summary style={{ cursor: 'pointer', fontSize: 'var(--mantine-font-size-sm)', paddingBlock: 4 }}>
        Plan a session for it
      </summary>
      <Form method="post">
        <input type="hidden" name="date" value={skip.date} />
        <input type="hidden" name="formId" value={formId} />
        <Group align="flex-end" gap="xs" mt={4}>
          <TextInput type="datetime-local" name="wallStart" label="When" size="xs" defaultValue={skip.moveTo} />
          <Button type="submit" name="intent" value="book-skip" size="xs">
            Plan it
          </Button>
          {skip.toDecide ? (
            <Button type="submit" name="intent" value="accept-skip" size="xs" variant="default">
              Leave it out
            </Button>
          ) : null}
        </Group>
      </Form>
    </details>
  );
}
