import { Anchor, Button, Checkbox, Code, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { askedFields } from '#app/domain/public-forms/form-fields.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ApplicationForm } from './application-form.tsx';
import { EnquiryForm } from './enquiry-form.tsx';
import styles from './form.module.css';
import { rowsAsSent, storedOf } from './form-rows.ts';
import { FormRows } from './form-rows-table.tsx';
import type { loadFormSettings } from './form-settings.server.ts';
import { FORM_WORDS } from './form-words.ts';

interface Props {
  page: Awaited<ReturnType<typeof loadFormSettings>>;
  answer: RecordAnswer | undefined;
}

const labels = {
  intro: 'Above the form',
  thanks: 'After it was sent',
  embedOrigins: 'Websites that may show it',
  enabled: 'Open',
};

/** What a public form asks, with the form beside it as it would look. */
export function FormSettingsPage({ page, answer }: Props) {
  const { kind, initial, origin } = page;
  const { field, chosen } = recordFields(initial, answer);
  const [rows, setRows] = useState(() => rowsAsSent(page.rows, answer?.values ?? initial));
  const [intro, setIntro] = useState(field('intro').defaultValue);
  const { title, path, becomes, embed } = FORM_WORDS[kind];
  const Preview = kind === 'enquiry' ? EnquiryForm : ApplicationForm;
  return (
    <>
      <PageHeader
        title={title}
        back={{ to: '/office/settings/forms', label: 'Public forms' }}
        description={becomes}
        actions={
          page.enabled ? (
            <Button component="a" href={path} target="_blank" rel="noopener" variant="default">
              Open it
            </Button>
          ) : null
        }
      />
      <div className={styles.beside}>
        <RecordForm answer={answer} version={page.version} labels={labels} submit="Save" cancelTo="/office/settings/forms">
          {/* What the Enter key presses. */}
          <button type="submit" className={styles.unseen} tabIndex={-1} aria-hidden="true" />
          <FormSection title="The page">
            <Checkbox
              name="enabled"
              label="Open to everyone"
              description={`At ${origin}${path}. Closed, it says that nothing can be sent.`}
              defaultChecked={chosen('enabled', 'on')}
            />
            <Textarea
              {...field('intro')}
              label={labels.intro}
              rows={3}
              maxLength={2000}
              onChange={(event) => setIntro(event.currentTarget.value)}
            />
            <Textarea {...field('thanks')} label={labels.thanks} rows={3} maxLength={2000} />
          </FormSection>
          <FormSection title="What it asks">
            <Text size="sm" c="dimmed">
              Fields of your own are added and taken off under{' '}
              <Anchor href="/office/settings/fields" size="sm" underline="always">
                Fields
              </Anchor>
              , where each says whether it is asked in public.
            </Text>
            <FormRows kind={kind} rows={rows} onChange={setRows} />
          </FormSection>
          <FormSection title="On your website">
            <Textarea
              {...field('embedOrigins')}
              label={labels.embedOrigins}
              description="One address on each line, such as https://www.example.org. Empty: any website"
              rows={2}
            />
            <Text size="sm">Copy this line to where the form should stand. It takes the height it needs.</Text>
            <Code block className={styles.line}>
              {`<script src="${origin}/book/embed.js" data-page="${path.slice(1)}" async></script>`}
            </Code>
            <Text size="sm" c="dimmed">
              Where scripts are not let in, this does as well:
            </Text>
            <Code block className={styles.line}>
              {`<iframe src="${origin}${path}/embed" title="${embed}" style="width:100%;height:1200px;border:0"></iframe>`}
            </Code>
          </FormSection>
        </RecordForm>
        <Panel title="Preview">
          <Stack gap="sm" {...{ inert: '' }}>
            <Preview
              asked={askedFields(kind, storedOf(rows), page.customs)}
              choices={page.choices}
              intro={intro}
              company={page.company}
              token=""
            />
          </Stack>
        </Panel>
      </div>
    </>
  );
}
