import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { RequestView } from './request-view.ts';

export interface DecisionAnswer {
  intent: string;
  problem: FormProblem;
  values: Record<string, string>;
  offers: string[];
}

interface Props {
  request: RequestView;
  decision: {
    problems: readonly { severity: string; message: string; clashes: readonly { href: string; text: string }[] }[];
    offers: readonly { at: string; label: string }[];
    tutors: readonly { id: string; name: string }[];
    rivals: number;
  };
  tutorId: string | null;
  answer: DecisionAnswer | undefined;
  /** Who answers: the office may choose another tutor and time; a tutor may pass it on. */
  as: 'office' | 'tutor';
}

const DOES = {
  new: 'Books it and tells everybody by mail',
  move: 'Moves the session and tells everybody by mail',
  cancel: 'Cancels it and tells everybody by mail',
};

/** The answers to a request: accept, offer other times, decline; of a tutor also pass on. */
export function DecideForms(props: Props) {
  const { request, decision, answer, as } = props;
  const blocking = decision.problems.filter((problem) => problem.severity === 'blocking');
  return (
    <Stack gap="lg">
      <ProblemAlert problem={answer?.problem} />
      {decision.problems.length > 0 ? (
        <Alert
          color={blocking.length > 0 ? 'red' : 'yellow'}
          variant="light"
          role="note"
          title={
            blocking.length > 0 ? 'As things stand this can’t be accepted as it was asked' : 'Look at this before you accept'
          }
        >
          <List size="sm">
            {decision.problems.map((problem) => (
              <List.Item key={problem.message}>
                {problem.message}
                {problem.clashes.map((clash) => (
                  <Anchor key={clash.href} component={Link} to={clash.href} display="block" inherit>
                    {clash.text}
                  </Anchor>
                ))}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      {decision.rivals > 0 ? (
        <Text size="sm" role="note">
          {decision.rivals === 1 ? 'Another request waits' : `${decision.rivals} other requests wait`} for the same tutor at this
          time: one of them can be accepted.
        </Text>
      ) : null}
      <Accept {...props} blocked={blocking.length > 0} />
      {request.kind === 'cancel' ? null : <Propose {...props} />}
      <Decline {...props} />
      {as === 'tutor' ? <PassOn request={request} /> : null}
    </Stack>
  );
}

function Start({ intent, request }: { intent: string; request: RequestView }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="version" value={request.version} />
    </>
  );
}

function Accept({ request, decision, answer, as, tutorId, blocked }: Props & { blocked: boolean }) {
  const mine = answer?.intent === 'accept' ? answer : undefined;
  const form = useFocusFirstError(mine);
  const errors = mine?.problem.errors ?? {};
  const chooses = as === 'office' && request.kind !== 'cancel';
  const open = errors.tutorId !== undefined || errors.time !== undefined || blocked || tutorId === null;
  return (
    <Panel title="Accept">
      <Form method="post" ref={form} noValidate>
        <Start intent="accept" request={request} />
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {DOES[request.kind]}.
          </Text>
          {chooses ? (
            <details open={open || undefined}>
              <summary>With another tutor or at another time</summary>
              <Stack gap="sm" mt="sm" maw={480}>
                <NativeSelect
                  name="tutorId"
                  label="Tutor"
                  defaultValue={mine?.values.tutorId ?? tutorId ?? ''}
                  error={errors.tutorId}
                  data={[
                    ...(tutorId === null ? [{ value: '', label: 'Choose' }] : []),
                    ...decision.tutors.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                />
                <Group gap="sm" grow align="flex-start">
                  <TextInput
                    type="date"
                    name="date"
                    label="Date"
                    description="Empty: as asked"
                    inputWrapperOrder={['label', 'input', 'description', 'error']}
                    defaultValue={mine?.values.date}
                    error={errors.date}
                  />
                  <TextInput type="time" name="time" label="Start" defaultValue={mine?.values.time} error={errors.time} />
                </Group>
                {answer?.problem.code === 'student_conflict' ? (
                  <Checkbox name="overrule" label="Although the student has another session then" />
                ) : null}
              </Stack>
            </details>
          ) : null}
          <div>
            <SubmitButton name="do" value="accept">
              {{ new: 'Accept and book', move: 'Accept and move', cancel: 'Accept and cancel the session' }[request.kind]}
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}

function Propose({ request, decision, answer }: Props) {
  const mine = answer?.intent === 'propose' ? answer : undefined;
  const form = useFocusFirstError(mine);
  const errors = mine?.problem.errors ?? {};
  return (
    <Panel title="Offer other times">
      <Form method="post" ref={form} noValidate>
        <Start intent="propose" request={request} />
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            They choose one, which is booked then. Until then nothing is kept free.
          </Text>
          {decision.offers.length > 0 ? (
            <Checkbox.Group label="Free times" error={errors.offers} {...(mine ? { defaultValue: mine.offers } : {})}>
              <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="xs" mt={6}>
                {decision.offers.map((offer) => (
                  <Checkbox key={offer.at} name="offer" value={offer.at} label={offer.label} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
          ) : null}
          <Group gap="sm" grow align="flex-start" maw={480}>
            <TextInput
              type="date"
              name="offerDate"
              label={decision.offers.length > 0 ? 'Or on' : 'On'}
              defaultValue={mine?.values.offerDate}
              error={decision.offers.length === 0 ? errors.offers : undefined}
            />
            <TextInput type="time" name="offerTime" label="At" defaultValue={mine?.values.offerTime} />
          </Group>
          <Textarea name="note" label="A word with it" rows={2} defaultValue={mine?.values.note} error={errors.note} />
          <div>
            <SubmitButton name="do" value="propose" variant="default">
              Offer these times
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}

function Decline({ request, answer }: Props) {
  const mine = answer?.intent === 'decline' ? answer : undefined;
  const form = useFocusFirstError(mine);
  return (
    <Panel title="Decline">
      <Form method="post" ref={form} noValidate>
        <Start intent="decline" request={request} />
        <Stack gap="sm">
          <Textarea
            name="reason"
            label="Why"
            description="They read it in the mail"
            rows={2}
            defaultValue={mine?.values.reason}
            error={mine?.problem.errors.reason}
          />
          <div>
            <SubmitButton name="do" value="decline" variant="default">
              Decline
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}

function PassOn({ request }: { request: RequestView }) {
  return (
    <Form method="post">
      <Start intent="pass_on" request={request} />
      <Group gap="sm">
        <Button type="submit" variant="subtle">
          Pass it on to the office
        </Button>
      </Group>
    </Form>
  );
}
