import { Alert, Anchor, Group, List, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { type ExplainedSide, explainPrice } from '#app/domain/billing/explain-price.server.ts';
import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Why } from '../money-pages/why.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { rateChoices } from '../record-forms/rate-choices.server.ts';
import { RateAmount, rateScopeText, weightText } from '../record-forms/rate-words.tsx';

export const meta: MetaFunction = () => [{ title: 'What a session would cost · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'rates.charge.read');
  const { db, clock } = args.context;
  const sides: RateSide[] = can(user, 'rates.pay.read') ? ['charge', 'pay'] : ['charge'];
  const given = new URL(args.request.url).searchParams;
  const id = (name: string) => {
    const value = given.get(name);
    return isId(value) ? value : '';
  };
  const { timezone } = await getOrganisation(db);
  const day = given.get('date') ?? '';
  const minutes = Number(given.get('minutes') ?? '60');
  const question = {
    programId: id('programId'),
    subjectId: id('subjectId'),
    tutorId: id('tutorId'),
    studentId: id('studentId'),
    date: isLocalDate(day) ? day : localDateOf(clock(), timezone),
    minutes: Number.isInteger(minutes) && minutes > 0 && minutes <= 1440 ? minutes : 60,
  };
  const choices = await rateChoices(db, question);
  const known = (list: readonly { id: string }[], wanted: string) => list.some((one) => one.id === wanted);
  const asked =
    known(choices.programs, question.programId) &&
    known(choices.subjects, question.subjectId) &&
    known(choices.tutors, question.tutorId);
  const answer = asked ? await explainPrice(db, { ...question, studentId: question.studentId || null }, sides) : null;
  return { question, choices, answer, mayManage: can(user, 'rates.manage') };
}

export default function Cost() {
  const { question, choices, answer, mayManage } = useLoaderData<typeof loader>();
  const add = (side: RateSide) => {
    const scope = new URLSearchParams({
      side,
      programId: question.programId,
      subjectId: question.subjectId,
      tutorId: question.tutorId,
    });
    return `/office/rates/new?${scope}`;
  };
  return (
    <>
      <PageHeader
        title="What would a session cost, and why?"
        back={{ to: '/office/rates', label: 'Rates' }}
        description="For one student, if it takes place as planned. Of the rates that match, the most particular holds."
      />
      <Form method="get" key={JSON.stringify(question)}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" mb="sm">
          <ChoiceSelect name="programId" label="Program" choices={choices.programs} defaultValue={question.programId} />
          <ChoiceSelect name="subjectId" label="Subject" choices={choices.subjects} defaultValue={question.subjectId} />
          <ChoiceSelect name="tutorId" label="Tutor" choices={choices.tutors} defaultValue={question.tutorId} />
          <ChoiceSelect
            name="studentId"
            label="Student"
            none="Anybody new"
            choices={choices.students}
            defaultValue={question.studentId}
          />
          <TextInput name="date" type="date" label="Day" defaultValue={question.date} />
          <NumberInput name="minutes" label="Minutes" min={1} max={1440} defaultValue={question.minutes} />
        </SimpleGrid>
        <SubmitButton>Ask</SubmitButton>
      </Form>
      {answer ? (
        <SimpleGrid cols={{ base: 1, md: answer.pay ? 2 : 1 }} spacing="md" mt="lg">
          {answer.charge ? (
            <Side title="The family is charged" side={answer.charge} addTo={mayManage ? add('charge') : undefined} taxed />
          ) : null}
          {answer.pay ? <Side title="The tutor is paid" side={answer.pay} addTo={mayManage ? add('pay') : undefined} /> : null}
        </SimpleGrid>
      ) : null}
    </>
  );
}

interface SideProps {
  title: string;
  side: ExplainedSide;
  addTo: string | undefined;
  taxed?: boolean;
}

function Side({ title, side, addTo, taxed = false }: SideProps) {
  const [holds, ...others] = side.rows;
  return (
    <Panel title={title}>
      {side.amount === null ? (
        <Alert color="orange" variant="light">
          No rate covers it on this day: it would be left out, and never charged or paid as nothing.{' '}
          {addTo ? (
            <Anchor component={Link} to={addTo} size="sm">
              Add a rate for it
            </Anchor>
          ) : null}
        </Alert>
      ) : (
        <Stack gap={2}>
          <Text fz={28} fw={600}>
            <Money value={side.amount} />
          </Text>
          {taxed && side.total !== side.amount ? (
            <Text size="sm" c="dimmed">
              <Money value={side.total} /> with tax
            </Text>
          ) : null}
          <Why reason={side.reason} />
        </Stack>
      )}
      {holds ? (
        <Stack gap="xs">
          <Text size="sm">
            <strong>This rate holds:</strong> {rateScopeText(holds)}, <RateAmount rate={holds} />, from{' '}
            <LocalDate value={holds.validFrom} />.{' '}
            {others.length === 0
              ? 'No other matches.'
              : `It is the most particular of ${side.rows.length} that match: ${weightText(holds)} = ${holds.weight}.`}
          </Text>
          {others.length > 0 ? (
            <List size="sm" spacing={4}>
              {others.map((rate) => (
                <List.Item key={rate.id}>
                  <Group gap={6} component="span">
                    <Anchor component={Link} to={`/office/rates/${rate.id}`} size="sm">
                      {rateScopeText(rate)}
                    </Anchor>
                    <RateAmount rate={rate} />
                    <Text span size="xs" c="dimmed">
                      {weightText(rate)} = {rate.weight}, less than {holds.weight}
                    </Text>
                  </Group>
                </List.Item>
              ))}
            </List>
          ) : null}
        </Stack>
      ) : null}
    </Panel>
  );
}
