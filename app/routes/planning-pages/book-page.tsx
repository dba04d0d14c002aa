import { Alert, Button, Checkbox, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { FactList } from '#app/ui/session-facts.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { AnotherTime, type BookAnswer, type BookForm, HiddenPlan } from './another-time.tsx';
import type { loadBookPage } from './book-page.server.ts';
import styles from './time-picker.module.css';
import { Choices, TimePicker } from './time-picker.tsx';

type Page = Awaited<ReturnType<typeof loadBookPage>>;
type Chosen = BookForm['chosen'];

interface Props {
  page: Page;
  answer: BookAnswer | undefined;
}

const HELP = {
  tutor: {
    text: 'Choose a student, then a time at which you are both free. Whether it is booked at once or asked for is said before you send it.',
    about: 'tutor/planning',
  },
  family: {
    text: 'Choose for whom and with whom, then a free time. Whether it is booked at once or asked for, and what it costs, is said before you send it.',
    about: 'family/booking',
  },
} as const;

/** The page on which a tutor or a family books: one choice after the other, each in the address. */
export function BookPage({ page, answer }: Props) {
  const { by, chosen, engagements, formId } = page;
  const tutor = by === 'tutor';
  if (engagements.length === 0) {
    return (
      <>
        <PageHeader title="Book a session" help={HELP[by]} />
        <EmptyState
          title={tutor ? 'No student is engaged to you yet' : 'No tutor is engaged yet'}
          text={
            tutor
              ? 'When the office matches a student to you, you find a time with them here.'
              : `When the office has found a tutor for you, you find times here. ${page.office}`
          }
        />
      </>
    );
  }
  if (!chosen) {
    return (
      <>
        <PageHeader
          title="Book a session"
          help={HELP[by]}
          description={tutor ? 'With whom?' : 'For whom, and with whom?'}
          actions={
            <Button component={Link} to={tutor ? '/tutor/requests' : '/family/requests'} variant="default">
              Requests
            </Button>
          }
        />
        <ul className={styles.cards}>
          {engagements.map((one) => (
            <li key={one.id}>
              <Link to={`?with=${one.id}`} className={styles.card}>
                <Text component="span" fw={600} display="block">
                  {one.title}
                </Text>
                <Text component="span" size="sm" display="block">
                  {one.what}
                </Text>
                <Text component="span" size="sm" c="dimmed" display="block">
                  {one.note}
                  {tutor ? `. ${one.hours} booked this week` : ''}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={chosen.title}
        description={chosen.subject}
        help={HELP[by]}
        {...(engagements.length > 1 ? { back: { to: tutor ? '/tutor/book' : '/family/book', label: 'Somebody else' } } : {})}
      />
      <Stack gap="xl">
        <WayNote chosen={chosen} office={page.office} />
        {chosen.makeUp ? (
          <Alert color="gray" variant="light" role="note" title={`To make up for ${chosen.makeUp.when}`}>
            {chosen.way.way === 'at_once'
              ? `A lesson of at least ${chosen.makeUp.minutes} minutes, until ${chosen.makeUp.until}.`
              : `A lesson of at least ${chosen.makeUp.minutes} minutes, until ${chosen.makeUp.until}. Say in the note what it is for.`}
          </Alert>
        ) : null}
        <ProblemAlert problem={answer?.problem} />
        {chosen.times ? (
          <>
            <Group gap="xl" align="flex-start">
              <Choices label="How long" name="minutes" choices={chosen.durations} chosen={chosen.minutes} />
              <Choices label="Where" name="mode" choices={chosen.modes} chosen={chosen.mode} />
            </Group>
            {chosen.confirm ? <Confirm chosen={chosen} by={by} formId={formId} answer={answer} /> : null}
            <section aria-labelledby="times">
              <Title order={2} id="times" mb="xs">
                Free times
              </Title>
              <TimePicker
                times={chosen.times}
                none="Nothing is free in these two weeks. Look further ahead, or type a time below."
              />
            </section>
            <AnotherTime chosen={chosen} by={by} formId={formId} answer={answer} />
          </>
        ) : null}
      </Stack>
    </>
  );
}

function WayNote({ chosen, office }: { chosen: Chosen; office: string }) {
  const { way } = chosen;
  if (way.way === 'at_once') return null;
  return (
    <Alert color={way.way === 'no' ? 'yellow' : 'gray'} variant="light" role="note" title={way.why}>
      {way.way === 'ask' ? 'Choose a time and ask for it: nothing is booked until it is answered, and you get a mail.' : office}
    </Alert>
  );
}

/** The chosen time with what it comes to, and the button that does it. */
function Confirm({ chosen, by, formId, answer }: BookForm) {
  const form = useFocusFirstError(answer?.values.intent === 'choice' ? answer : undefined);
  const { confirm, way } = chosen;
  if (!confirm) return null;
  const atOnce = way.way === 'at_once';
  const errors = answer?.problem.errors ?? {};
  const blocked = atOnce && confirm.problems.length > 0;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="choice">
      <Title order={2} id="choice" mb="sm">
        {atOnce ? 'Book this time' : 'Ask for this time'}
      </Title>
      <Form method="post" ref={form} noValidate>
        <HiddenPlan chosen={chosen} formId={formId} from="choice" />
        <input type="hidden" name="at" value={confirm.at} />
        <input type="hidden" name="intent" value={atOnce ? 'book' : 'ask'} />
        {confirm.fee !== null ? <input type="hidden" name="fee" value={confirm.fee} /> : null}
        <Stack gap="md">
          <FactList
            facts={[
              { label: 'When', value: confirm.when + (confirm.atOffice ? ` (${confirm.atOffice})` : '') },
              { label: 'Where', value: confirm.where },
              { label: 'Costs', value: confirm.price ?? '' },
            ]}
          />
          {blocked ? (
            <Alert color="red" variant="light" role="alert" title="This time can’t be had">
              {confirm.problems.join(' ')}
            </Alert>
          ) : null}
          {by === 'tutor' && chosen.mode === 'in_person' ? (
            <TextInput
              name="location"
              label="Where"
              defaultValue={answer?.values.location ?? chosen.location}
              error={errors.location}
            />
          ) : null}
          {by === 'tutor' && atOnce ? <Weekly answer={answer} /> : null}
          {atOnce ? null : <Textarea name="note" label="Note" rows={2} defaultValue={answer?.values.note} error={errors.note} />}
          <Group gap="sm">
            <SubmitButton disabled={blocked}>{atOnce ? 'Book it' : 'Ask for it'}</SubmitButton>
            <Text size="sm" c="dimmed">
              {atOnce ? 'It is booked at once, and everybody in it gets a mail.' : 'Nothing is booked until it is answered.'}
            </Text>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}

function Weekly({ answer }: { answer: BookAnswer | undefined }) {
  const error = answer?.problem.errors.weeks;
  return (
    <details open={error !== undefined || undefined}>
      <summary>Every week</summary>
      <Stack gap="sm" mt="sm" maw={360}>
        <Checkbox name="weekly" label="Repeat it every week at this time" defaultChecked={error !== undefined} />
        <TextInput
          name="weeks"
          type="number"
          min={2}
          max={26}
          label="How many weeks"
          defaultValue={answer?.values.weeks || '4'}
          error={error}
        />
        <Checkbox name="leaveOut" label="Leave out the weeks that can’t be had" />
      </Stack>
    </details>
  );
}
