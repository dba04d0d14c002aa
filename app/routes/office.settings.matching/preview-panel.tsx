import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { Form, useSubmit } from '@remix-run/react';
import type { ScorePart } from '#app/domain/matching/match-facts.ts';
import type { WeightsPreview } from '#app/domain/matching/preview-weights.server.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { rankedBy } from './ranked-by.ts';
import styles from './weights.module.css';

const MOST_SHOWN = 8;

interface Props {
  preview: WeightsPreview;
  saved: Record<ScorePart, number>;
  typed: Record<ScorePart, number>;
}

/** Who would come first for a real request, with what is typed beside. */
export function PreviewPanel({ preview, saved, typed }: Props) {
  const submit = useSubmit();
  if (preview.requestId === null)
    return (
      <Panel title="Tried on a request">
        <Text size="sm" c="dimmed">
          As soon as there is an open request, here is whom these weights put first for it.
        </Text>
      </Panel>
    );
  const rows = rankedBy(preview.tutors, typed, saved);
  return (
    <Panel title="Tried on a request">
      <Form method="get" preventScrollReset>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <NativeSelect
            name="request"
            label="Request"
            defaultValue={preview.requestId}
            data={preview.requests.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => submit(event.currentTarget.form, { replace: true, preventScrollReset: true })}
            flex={1}
            miw={0}
          />
          <noscript>
            <Button type="submit" variant="default">
              Show
            </Button>
          </noscript>
        </Group>
      </Form>
      {rows.length === 0 ? (
        <Text size="sm">Nobody fits this one, whatever the weights. Choose another.</Text>
      ) : (
        <ol className={styles.ranking} aria-live="polite">
          {rows.slice(0, MOST_SHOWN).map(({ id, name, points, moved }) => (
            <li key={id}>
              <span className={styles.name}>{name}</span>
              <span className={styles.moved}>{movedText(moved)}</span>
              <b className="tabular">{points}</b>
            </li>
          ))}
        </ol>
      )}
      {rows.length > MOST_SHOWN ? (
        <Text size="xs" c="dimmed">
          and {rows.length - MOST_SHOWN} more who fit
        </Text>
      ) : null}
    </Panel>
  );
}

function movedText(moved: number): string {
  if (moved === 0) return '';
  return moved > 0 ? `up ${moved}` : `down ${-moved}`;
}
