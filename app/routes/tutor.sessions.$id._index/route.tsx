import { randomUUID } from 'node:crypto';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { findClassroomTrace } from '#app/domain/classroom/read-classroom.server.ts';
import { listFamilyContacts } from '#app/domain/engagements/contacts.server.ts';
import { customFieldsFor, customOf, customOfMany } from '#app/domain/fields/queries.server.ts';
import { listEarlierSessions } from '#app/domain/scheduling/earlier-sessions.server.ts';
import { CustomFactList, CustomPanel } from '#app/ui/custom-facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionClassroom } from '#app/ui/session-classroom.tsx';
import { viewCloseOut, viewDetail, viewEarlier } from '#app/ui/session-detail.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { ReadyLink, SessionJoin } from '#app/ui/session-join.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { CloseOutSection, EarlierSection } from '#app/ui/session-record-sections.tsx';
import { Labelled, MaterialsSection, PlanSection, Prose, QuestionsSection } from '#app/ui/session-sections.tsx';
import type { SessionView } from '#app/ui/session-view.ts';
import { answerFeedback } from '../feedback-pages/answer-feedback.server.ts';
import { FeedbackSection } from '../feedback-pages/feedback-section.tsx';
import { loadFeedback } from '../feedback-pages/load-feedback.server.ts';
import { loadOnlinePart } from '../join-pages/load-online-part.server.ts';
import { OnlinePart } from '../join-pages/online-part.tsx';
import { ContactLines } from '../planning-pages/contact-lines.tsx';
import { planningOf } from '../planning-pages/session-planning.server.ts';
import { SessionPlanningLinks, SessionPlanningNotes } from '../planning-pages/session-planning.tsx';
import { actOnFiles } from '../session-pages/act-on-files.server.ts';
import { actOnSession } from '../session-pages/act-on-session.server.ts';
import { filesOfSession } from '../session-pages/files-of-session.server.ts';
import { loadTutorSession } from '../session-pages/load-session.server.ts';
import { preparationOf } from '../session-pages/preparations-of.server.ts';
import { PrepareSection } from '../session-pages/prepare-section.tsx';
import { SessionFiles } from '../session-pages/session-files.tsx';

const OVER = ['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested'];

export async function loader(args: LoaderFunctionArgs) {
  const { user, session, organisation, reader, context } = await loadTutorSession(args, 'session.read');
  const earlier = await listEarlierSessions(context.db, {
    studentIds: session.places.map((place) => place.studentId),
    before: session.startsAt,
    tutorId: session.tutor.id,
  });
  const [contacts, planning, custom] = await Promise.all([
    listFamilyContacts(
      context.db,
      session.tutor.id,
      session.places.map(({ studentId }) => ({ key: studentId, studentId, programId: session.program.id })),
    ),
    planningOf(context, { by: 'tutor', tutorId: session.tutor.id }, session.id, reader.now),
    customOf(context.db, 'session', session.id, 'tutor'),
  ]);
  const fields = await customFieldsFor(context.db, 'student', 'tutor');
  const known = await customOfMany(
    context.db,
    fields,
    session.places.map((place) => place.studentId),
  );
  const closed = session.closeOut !== null && session.closeOut.status !== 'sent_back';
  const locked =
    session.payItems.some((item) => item.runId !== null) ||
    session.places.some((place) => place.charge?.invoiceId && !place.charge.reversed);
  return {
    view: viewDetail(session, { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' }),
    online: await loadOnlinePart(context, session, reader),
    classroom: await findClassroomTrace(context.db, session.id),
    contacts: [...contacts.values()].flat(),
    planning,
    custom,
    students: session.places.map(({ studentId, studentName }) => ({
      id: studentId,
      name: studentName,
      custom: { fields, values: known.get(studentId) ?? {} },
    })),
    preparation: await preparationOf(context, session, reader),
    version: session.version,
    formId: randomUUID(),
    closeOut: viewCloseOut(session, reader),
    feedback: await loadFeedback(context, { user, session, places: session.places, reader }),
    files: await filesOfSession(context.db, session),
    privateNote: session.closeOut?.privateNote ?? '',
    sentBackReason: session.closeOut?.status === 'sent_back' ? session.closeOut.sentBackReason : '',
    approved: session.closeOut?.status === 'approved',
    mayCloseOut:
      !OVER.includes(session.status) && !locked && reader.now >= session.startsAt
        ? closed
          ? ('again' as const)
          : ('first' as const)
        : null,
    support: organisation.supportContact ?? '',
    earlier: earlier.map((row) => viewEarlier(row, reader, () => '/tutor/sessions')),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { user, session, reader, actor, context } = await loadTutorSession(args, 'session.plan');
  const form = await args.request.formData();
  const page = `/tutor/sessions/${session.id}`;
  if (form.get('intent') === 'feedback')
    return answerFeedback({ context, user, session, places: session.places, by: 'tutor', reader, page }, form);
  // Questions are the family's to ask.
  if (form.get('intent') === 'ask') return data(null, { status: 403 });
  const on = { context, actor, reader, sessionId: session.id, page };
  return (await actOnFiles(on, form)) ?? (await actOnSession(on, form)) ?? data(null, { status: 400 });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.view.title ?? 'Session'} · Lectern` }];

export default function TutorSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const { view } = page;
  return (
    <>
      <PageHeader
        back={{ to: '/tutor', label: 'Today' }}
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
        <SessionPlanningNotes planning={page.planning} requests="/tutor/requests" />
        {page.sentBackReason ? (
          <Alert color="yellow" role="note" title="The office sent your close-out back">
            {page.sentBackReason}
          </Alert>
        ) : null}
        <Group gap="sm">
          <SessionJoin join={view.join} label={view.title} />
          <ReadyLink join={view.join} label={view.title} />
          {page.mayCloseOut ? (
            <Button
              component={Link}
              to={`${view.href}/close-out`}
              variant={page.mayCloseOut === 'first' && view.status.key !== 'live' ? 'filled' : 'default'}
            >
              {page.mayCloseOut === 'first' ? 'Close out' : 'Change your close-out'}
            </Button>
          ) : null}
        </Group>
        <FactList
          facts={[
            { label: view.students.length > 1 ? 'Students' : 'Student', value: <Students students={view.students} /> },
            { label: 'Reach the family', value: page.contacts.length > 0 ? <ContactLines contacts={page.contacts} /> : '' },
            { label: 'When', value: view.when.long + (view.when.atOffice ? ` (${view.when.atOffice})` : '') },
            { label: 'Subject', value: view.subject },
            { label: 'Program', value: view.program },
            { label: 'Where', value: view.place },
            { label: 'About', value: view.description ? <Prose>{view.description}</Prose> : '' },
            { label: 'Help', value: view.online ? page.support : '' },
          ]}
        />
        <CustomFactList custom={page.custom} />
        {page.students.map((student) => (
          <CustomPanel key={student.id} custom={student.custom} title={`About ${student.name}`} />
        ))}
        <SessionPlanningLinks planning={page.planning} session={view.href} />
        <QuestionsSection session={view} answer={answer} formId={page.formId} may={false} title="What the student asks" />
        <PrepareSection students={page.preparation} />
        <PlanSection session={view} answer={answer} version={page.version} may />
        <MaterialsSection session={view} answer={answer} formId={page.formId} may />
        {page.closeOut ? (
          <CloseOutSection closeOut={page.closeOut} title="Your close-out">
            <Labelled label="Private note for the office" text={page.privateNote} />
            <Text size="sm" c="dimmed">
              {page.closeOut.actual}
              {page.closeOut.miles ? `, ${page.closeOut.miles} miles` : ''}
              {page.approved ? '. Approved by the office.' : ''}
            </Text>
          </CloseOutSection>
        ) : null}
        <FeedbackSection feedback={page.feedback} as="tutor" answer={answer} />
        <SessionFiles files={page.files} answer={answer} />
        <OnlinePart part={page.online} formId={page.formId} answer={answer} />
        <SessionClassroom sessionId={view.id} classroom={page.classroom} />
        <EarlierSection earlier={page.earlier} title="Where you left off" />
      </Stack>
    </>
  );
}

function Students({ students }: { students: SessionView['students'] }) {
  return (
    <Stack gap={4}>
      {students.map((student) => (
        <Group key={student.id} gap="xs">
          {student.name}
          {student.outcome.key === 'planned' ? null : <SessionMark status={student.outcome} />}
        </Group>
      ))}
    </Stack>
  );
}
