import { SimpleGrid, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SCORE_PARTS, type ScorePart } from '#app/domain/matching/match-facts.ts';
import type { WeightsPreview } from '#app/domain/matching/preview-weights.server.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { PART_NAMES } from '../matching-pages/part-names.ts';
import { PreviewPanel } from './preview-panel.tsx';
import styles from './weights.module.css';

interface Props {
  initial: FormValues;
  saved: Record<ScorePart, number>;
  answer: RecordAnswer | undefined;
  version: number;
  preview: WeightsPreview;
}

const said: Record<ScorePart, string> = {
  times: 'All for wished times, half for merely possible ones',
  continuity: 'All from six sessions together on',
  load: 'More for who has less of the hours they wish for',
  distance: 'All online or next door, none from an hour away',
  wishes: 'By how many wishes are met',
  outcomes: 'None for who missed a fifth of their sessions in a year',
};

const nameOf = (part: ScorePart) => `matching.weights.${part}`;
const labels = {
  ...Object.fromEntries(SCORE_PARTS.map((part) => [nameOf(part), PART_NAMES[part]])),
  'matching.answerHours': 'Hours to answer',
  'matching.remindHours': 'Reminder so many hours before',
};

/** The weights, and beside them what they make of a real request, anew while they are typed. */
export function WeightsForm({ initial, saved, answer, version, preview }: Props) {
  const { field } = recordFields(initial, answer);
  const [typed, setTyped] = useState(() => weightsOf((name) => field(name).defaultValue, saved));
  const follow = (event: FormEvent<HTMLDivElement>) => {
    const form = (event.target as HTMLElement).closest('form');
    if (!form) return;
    const values = new FormData(form);
    setTyped(weightsOf((name) => String(values.get(name) ?? ''), saved));
  };
  return (
    <div className={styles.columns}>
      <div onInput={follow}>
        <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
          <FormSection title="Most points for each">
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              {SCORE_PARTS.map((part) => (
                <TextInput
                  key={part}
                  {...field(nameOf(part))}
                  type="number"
                  min={0}
                  max={100}
                  label={PART_NAMES[part]}
                  description={said[part]}
                  required
                />
              ))}
            </SimpleGrid>
          </FormSection>
          <FormSection title="Offers">
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput
                {...field('matching.answerHours')}
                type="number"
                min={1}
                max={720}
                label="Hours to answer"
                description="Of a new offer, unless told otherwise"
                required
              />
              <TextInput
                {...field('matching.remindHours')}
                type="number"
                min={0}
                max={720}
                label="Reminder so many hours before"
                description="0: never"
                required
              />
            </SimpleGrid>
          </FormSection>
        </RecordForm>
      </div>
      <PreviewPanel preview={preview} saved={saved} typed={typed} />
    </div>
  );
}

/** What isn't a whole number yet counts as what is saved. */
function weightsOf(value: (name: string) => string, saved: Record<ScorePart, number>): Record<ScorePart, number> {
  const read = (part: ScorePart) => {
    const text = value(nameOf(part)).trim();
    return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : saved[part];
  };
  return Object.fromEntries(SCORE_PARTS.map((part) => [part, read(part)])) as Record<ScorePart, number>;
}
