import { Checkbox, Input, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { KIND_WORDS, lengthWords } from '#app/domain/messages/preference-words.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import type { PreferencesView } from './preferences-page.server.ts';

export const preferenceLabels = { minutes: 'Times of your own' };

/** A choice per kind of mail, and when reminders come. Needs no script. */
export function PreferenceFields({ view, answer }: { view: PreferencesView; answer: RecordAnswer | undefined }) {
  const { reminders } = view;
  const { field, chosen } = recordFields(
    {
      wanted: view.kinds.filter((one) => one.wanted).map((one) => one.kind),
      times: [reminders.own ? 'own' : 'usual'],
      minutes: (reminders.own ?? []).map(String),
    },
    answer,
  );
  return (
    <Stack gap="md">
      {view.kinds.map(({ kind }) => (
        <div key={kind}>
          <input type="hidden" name="offered" value={kind} />
          <Checkbox
            name="wanted"
            value={kind}
            label={KIND_WORDS[kind].label}
            description={KIND_WORDS[kind].text}
            defaultChecked={chosen('wanted', kind)}
          />
          {kind === 'reminders' && reminders.mayChoose ? (
            <Stack gap="xs" ml={32} mt="xs">
              <Radio.Group name="times" label="When" defaultValue={field('times').defaultValue}>
                <Stack gap="xs" mt={4}>
                  <Radio value="usual" label={`As usual (${reminders.usual})`} />
                  <Radio value="own" label="At these times" />
                </Stack>
              </Radio.Group>
              <Input.Wrapper error={field('minutes').error}>
                <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs" ml={32} role="group" aria-label="Before a session">
                  {reminders.choices.map((minutes) => (
                    <Checkbox
                      key={minutes}
                      name="minutes"
                      value={minutes}
                      label={lengthWords(minutes)}
                      defaultChecked={chosen('minutes', String(minutes))}
                    />
                  ))}
                </SimpleGrid>
              </Input.Wrapper>
            </Stack>
          ) : null}
          {kind === 'reminders' && !reminders.mayChoose ? (
            <Text size="xs" c="dimmed" ml={32} mt={4}>
              They come {reminders.usual === 'never' ? 'to nobody at present' : reminders.usual}.
            </Text>
          ) : null}
        </div>
      ))}
      <Text size="sm" c="dimmed">
        Bookings, changes and cancellations, invoices and what concerns an account are always mailed.
      </Text>
    </Stack>
  );
}
