import { randomUUID } from 'node:crypto';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { can } from '#app/auth/can.ts';
import { familyOfUser } from '#app/auth/signed-in-user.ts';
import { stepOf } from '#app/domain/billing/outcomes.ts';
import { findClassroomTrace } from '#app/domain/classroom/read-classroom.server.ts';
import { findTutorContact } from '#app/domain/engagements/contacts.server.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import type { Policy } from '#app/domain/organisation/policies.ts';
import { policySentences, policyTextsOf } from '#app/domain/organisation/policy-sentences.ts';
import { CustomFactList } from '#app/ui/custom-facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionClassroom } from '#app/ui/session-classroom.tsx';
import { viewDetail } from '#app/ui/session-detail.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { ReadyLink, SessionJoin } from '#app/ui/session-join.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { MaterialsSection, PlanSection, Prose, QuestionsSection, Section } from '#app/ui/session-sections.tsx';
import { stampText } from '#app/ui/session-when.ts';
import { writeToOf } from '../conversation-pages/places.ts';
import { answerFeedback } from '../feedback-pages/answer-feedback.server.ts';
import { FeedbackSection } from '../feedback-pages/feedback-section.tsx';
import { loadFeedback } from '../feedback-pages/load-feedback.server.ts';
import { ContactLines } from '../planning-pages/contact-lines.tsx';
import { planningOf } from '../planning-pages/session-planning.server.ts';
import { type SessionPlanning, SessionPlanningLinks, SessionPlanningNotes } from '../planning-pages/session-planning.tsx';
import { answerHomework } from '../progress-pages/answer-homework.server.ts';
import { answerFamilyFiles, loadFamilyFiles } from '../progress-pages/family-files.server.ts';
import { FamilyFiles } from '../progress-pages/family-files.tsx';
import { loadWhatWasDone } from '../progress-pages/load-what-was-done.server.ts';
import { WhatWasDone } from '../progress-pages/what-was-done.tsx';
import { actOnSession } from '../session-pages/act-on-session.server.ts';
import { loadFamilySession, subjectOf } from '../session-pages/load-session.server.ts';

/** Who only cares for the student plans nothing: it would cost whoever pays. */
const nothingToPlan: SessionPlanning = { move: null, cancel: null, request: null };

export async function loader(args: LoaderFunctionArgs) {
  const { user, session, organisation, reader, own, guarded, context } = await loadFamilySession(args, 'session.read');
  const family = familyOfUser(user);
  // In a group, what another family asks is theirs.
  const alone = own.length === session.places.length && !guarded;
  const asked = { ...session, questions: session.questions.filter((question) => alone || question.askedById === user.id) };
  const { lateCancel } = session.policy;
  const planned =
    session.status === 'scheduled' && own.some((place) => place.outcome === 'planned') && reader.now < session.startsAt;
  const planner = { by: 'family', clientIds: user.clientIds, studentIds: user.studentIds } as const;
  const [tutorContact, planning, custom] = await Promise.all([
    findTutorContact(context.db, session.tutor.id, session.program.id),
    guarded ? nothingToPlan : planningOf(context, planner, session.id, reader.now),
    customOf(context.db, 'session', session.id, 'family'),
  ]);
  return {
    view: viewDetail(asked, { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/family/sessions', family }),
    custom,
    classroom: await findClassroomTrace(context.db, session.id),
    version: session.version,
    /** To the tutor, about the first of their children in it. */
    writeTo: (await getMessageRules(context.db)).conversations ? writeToOf(session.tutor.id, own[0]?.studentId) : null,
    formId: randomUUID(),
    // Notes and homework, of one's own children alone; the private note stays in the office.
    done: await loadWhatWasDone(context, session, own, reader),
    files: await loadFamilyFiles(context, { user, session, own, reader }),
    feedback: await loadFeedback(context, { user, session, places: own, reader }),
    mayAsk: planned && can(user, 'session.ask', subjectOf(session)),
    cancelling:
      planned && !guarded
        ? {
            until: stampText(reader, new Date(session.startsAt.getTime() - lateCancel.noticeHours * 3_600_000)),
            late: reader.now.getTime() > session.startsAt.getTime() - lateCancel.noticeHours * 3_600_000,
            // With less notice than a step's hours it is that step's share that holds by now.
            percent: (stepOf(session.startsAt, reader.now, lateCancel.steps) ?? lateCancel).clientChargePercent,
            later: lateCancel.clientChargePercent,
            hours: lateCancel.noticeHours,
            more: furtherRules(session.policy, reader.locale),
          }
        : null,
    tutorContact,
    planning,
    contact: { email: organisation.email, phone: organisation.phone },
    support: organisation.supportContact ?? '',
  };
}

/** Steps of notice, free ones and make-ups, as a family reads them. */
function furtherRules(policy: Policy, locale: string): string[] {
  const written = { digits: 2, write: String, locale, reader: 'family' as const };
  const { steps, free, makeUp } = policySentences(policyTextsOf(policy), written);
  return [...steps, free, makeUp].filter((sentence) => sentence !== '');
}

export async function action(args: ActionFunctionArgs) {
  const { user, session, reader, actor, own, context } = await loadFamilySession(args, 'session.ask');
  const form = await args.request.formData();
  const page = `/family/sessions/${session.id}`;
  if (form.get('intent') === 'homework') return answerHomework({ context, user, reader, page }, form);
  if (form.get('intent') === 'feedback')
    return answerFeedback({ context, user, session, places: own, by: 'family', reader, page }, form);
  const filed = await answerFamilyFiles(context, { user, session, own, actor, reader, page }, form);
  if (filed) return filed;
  // A family asks; plan and materials are the tutor's.
  if (form.get('intent') !== 'ask') return data(null, { status: 403 });
  return (await actOnSession({ context, actor, reader, sessionId: session.id, page }, form)) ?? data(null, { status: 400 });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.view.title ?? 'Session'} · Lectern` }];

export default function FamilySession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const { view } = page;
  return (
    <>
      <PageHeader
        back={{ to: '/family/sessions', label: 'Sessions' }}
        title={view.title}
        description={
          <Group component="span" gap="sm">
            <SessionMark status={view.status} />
            <Text component="span" size="sm" className="tabular">
              {view.when.day}, {view.when.time}
            </Text>
          </Group>
        }
      />
      <Stack gap="xl">
        <SessionPlanningNotes planning={page.planning} requests="/family/requests" />
        <Group>
          <SessionJoin join={view.join} label={view.title} />
          <ReadyLink join={view.join} label={view.title} />
        </Group>
        <FactList
          facts={[
            {
              label: view.students.length > 1 ? 'Students' : 'Student',
              value: view.students.map((student) => student.name).join(', '),
            },
            { label: 'Tutor', value: view.tutorName },
            {
              label: 'Reach the tutor',
              value: page.tutorContact ? (
                <ContactLines contacts={[page.tutorContact]} />
              ) : page.writeTo ? (
                <Anchor component={Link} to={page.writeTo} inherit>
                  Write a message
                </Anchor>
              ) : (
                ''
              ),
            },
            { label: 'When', value: view.when.long + (view.when.atOffice ? ` (${view.when.atOffice})` : '') },
            { label: 'Subject', value: view.subject },
            { label: 'Where', value: view.place },
            { label: 'About', value: view.description ? <Prose>{view.description}</Prose> : '' },
            { label: 'Help', value: view.online ? page.support : '' },
          ]}
        />
        <CustomFactList custom={page.custom} />
        <WhatWasDone done={page.done} answer={answer} />
        <FamilyFiles view={page.files} answer={answer} />
        <FeedbackSection feedback={page.feedback} as="family" answer={answer} />
        <SessionClassroom sessionId={view.id} classroom={page.classroom} />
        <PlanSection session={view} answer={undefined} version={page.version} may={false} />
        <MaterialsSection session={view} answer={undefined} formId={page.formId} may={false} />
        <QuestionsSection
          session={view}
          answer={answer}
          formId={page.formId}
          may={page.mayAsk}
          title="Questions for this session"
        />
        {page.cancelling ? (
          <Cancelling cancelling={page.cancelling} contact={page.contact} planning={page.planning} session={view.href} />
        ) : null}
      </Stack>
    </>
  );
}

interface CancellingProps {
  cancelling: { until: string; late: boolean; percent: string; later: string; hours: number; more: string[] };
  contact: { email: string | null; phone: string | null };
  planning: SessionPlanning;
  session: string;
}

/** Can't come: up to when it costs nothing, what it costs after, and what to do. */
function Cancelling({ cancelling, contact, planning, session }: CancellingProps) {
  const { until, late, percent, later, hours, more } = cancelling;
  const price =
    later === '0' ? 'Cancelling later costs nothing either.' : `Later than that, ${later}% of the session is charged.`;
  return (
    <Section id="cancelling" title="Can’t come?">
      <Text>
        {late
          ? `This session starts in less than ${hours} hours: ${percent === '0' ? 'cancelling costs nothing' : `cancelling it now is charged ${percent}%`}.`
          : `Cancel free of charge until ${until}. ${price}`}
      </Text>
      {more.map((sentence) => (
        <Text key={sentence} size="sm" mt={4}>
          {sentence}
        </Text>
      ))}
      {planning.move || planning.cancel ? (
        <div style={{ marginTop: 12 }}>
          <SessionPlanningLinks planning={planning} session={session} />
        </div>
      ) : null}
      <Text mt={8} size="sm" c={planning.cancel ? 'dimmed' : undefined}>
        {planning.cancel ? 'Or tell the office' : 'Tell the office'}
        {contact.phone ? (
          <>
            {': '}
            <Anchor href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</Anchor>
          </>
        ) : null}
        {contact.phone && contact.email ? ' or ' : contact.email ? ': ' : ''}
        {contact.email ? <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor> : null}.
      </Text>
    </Section>
  );
}
