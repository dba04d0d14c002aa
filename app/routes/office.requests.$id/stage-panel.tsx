import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { ReasonInput } from '../request-pages/reason-input.tsx';
import type { RequestView } from '../request-pages/request-view.ts';
import { URGENCY_TONES, URGENCY_WORDS } from '../request-pages/request-words.ts';

interface Props {
  view: RequestView;
  stages: readonly { id: string; name: string; kind: string; closed: boolean }[];
  office: { id: string; name: string }[];
  reasons: readonly string[];
  reason: string;
}

/** Where it stands and who works on it, with the ways to change both. */
export function StagePanel({ view, stages, office, reasons, reason }: Props) {
  const lost = stages.find((stage) => stage.kind === 'lost');
  const at = stages.findIndex((stage) => stage.id === view.stageId);
  const next = stages.slice(at + 1).find((stage) => !stage.closed);
  const reachable = stages.filter((stage) => stage.id !== view.stageId && stage.kind !== 'lost');
  return (
    <Panel
      title="Where it stands"
      aside={
        view.urgency === 'normal' ? null : <StatusBadge label={URGENCY_WORDS[view.urgency]} tone={URGENCY_TONES[view.urgency]} />
      }
    >
      <Stack gap="sm">
        <Text size="sm">
          <strong>{view.stageName}</strong> since <DateTime value={view.stageSince} show="date" plain />
          {view.ageing ? (
            <>
              {' '}
              <StatusBadge label={`Waits ${view.since}`} tone="attention" />
            </>
          ) : null}
          {reason ? <>: {reason}</> : null}
        </Text>
        <Group gap="sm" align="flex-end">
          <Form method="post" preventScrollReset key={view.stageId}>
            <input type="hidden" name="intent" value="move" />
            <input type="hidden" name="from" value={view.stageId} />
            <Group gap="xs" align="flex-end" wrap="nowrap">
              <NativeSelect
                name="stage"
                label={view.closed ? 'Open it again in' : 'Move to'}
                {...(next && !view.closed ? { defaultValue: next.id } : {})}
                data={reachable.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <SubmitButton name="do" value="move" variant="default">
                {view.closed ? 'Open again' : 'Move'}
              </SubmitButton>
            </Group>
          </Form>
          {view.closed || !lost ? null : (
            <ConfirmButton
              label="Close without a tutor"
              consequence="It goes to the lost ones and is matched no more. It can be opened again."
              confirm="Close request"
              fields={{ intent: 'move', stage: lost.id, from: view.stageId }}
              align="start"
            >
              <ReasonInput name="reason" reasons={reasons} />
            </ConfirmButton>
          )}
        </Group>
        <Form method="post" preventScrollReset key={view.assigneeId}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <ChoiceSelect
              name="assigneeId"
              label="Who works on it"
              none="Nobody yet"
              choices={office}
              defaultValue={view.assigneeId ?? ''}
            />
            <SubmitButton name="do" value="assign" variant="default">
              Save
            </SubmitButton>
          </Group>
        </Form>
      </Stack>
    </Panel>
  );
}
