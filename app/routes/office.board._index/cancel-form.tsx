import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { CancelAnswer, CancelPreview, SessionFactsView } from './answers.ts';
import { ask, send } from './board-api.ts';

interface Props {
  facts: SessionFactsView;
  /** With the version that the session has then. */
  onCancelled: (version: number) => void;
  onKeep: () => void;
}

/** Cancels after it has said what that means. One student of several is cancelled on the session's own page. */
export function CancelForm({ facts, onCancelled, onKeep }: Props) {
  const [by, setBy] = useState('client');
  const [preview, setPreview] = useState<CancelPreview>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => {
    let here = true;
    void ask<CancelPreview>(`/office/board/cancel?${new URLSearchParams({ session: facts.id, by })}`).then(
      (answer) => here && answer && setPreview(answer),
    );
    return () => {
      here = false;
    };
  }, [facts.id, by]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const answer = await send<Extract<CancelAnswer, { ok: true }>>('/office/board/cancel', {
      sessionId: facts.id,
      by,
      reasonId: fields.get('reasonId') ?? '',
      reason: fields.get('reason') ?? '',
    });
    setBusy(false);
    if (answer.ok) onCancelled(answer.version);
    else setRefusal(answer.message);
  };
  const consequence = preview?.consequence;
  return (
    <form onSubmit={submit} aria-label="Cancel the session">
      <Stack gap="sm">
        <NativeSelect
          label="Who cancels?"
          value={by}
          onChange={({ currentTarget: { value } }) => setBy(value)}
          data-autofocus
          data={[
            { value: 'client', label: 'The family' },
            { value: 'tutor', label: 'The tutor' },
            { value: 'office', label: 'The office' },
          ]}
        />
        {preview === undefined ? <Skeleton height={72} /> : null}
        {consequence ? (
          <Alert color={consequence.late ? 'yellow' : 'gray'} role="note" variant="light" title={consequence.title}>
            <div aria-live="polite">
              <Text size="sm">{consequence.text}</Text>
              {consequence.lines.map((line) => (
                <Text key={line.name} size="sm" className="tabular">
                  {line.name}: {line.text}
                </Text>
              ))}
            </div>
          </Alert>
        ) : null}
        {preview && preview.reasons.length > 0 ? (
          <NativeSelect
            name="reasonId"
            label="Reason"
            data={[{ value: '', label: 'None given' }, ...preview.reasons.map(({ id, label }) => ({ value: id, label }))]}
          />
        ) : null}
        <TextInput name="reason" label="In words" description="Goes into the mails and the session’s story" maxLength={1000} />
        {refusal ? (
          <Alert color="red" variant="light" role="alert">
            {refusal}
          </Alert>
        ) : null}
        <Group gap="xs">
          <Button type="submit" size="sm" color="red" loading={busy} disabled={!consequence}>
            {consequence?.confirm ?? 'Cancel the session'}
          </Button>
          <Button size="sm" variant="subtle" onClick={onKeep}>
            Keep it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
