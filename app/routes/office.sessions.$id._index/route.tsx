import { randomUUID } from 'node:crypto';
import { Alert, Stack } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { can } from '#app/auth/can.ts';
import { listCreditsOfSession } from '#app/domain/billing/session-credits.server.ts';
import { findClassroomTrace } from '#app/domain/classroom/read-classroom.server.ts';
import { listFeedback } from '#app/domain/feedback/feedback-queries.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { listFittingProviders } from '#app/domain/meetings/fitting-providers.server.ts';
import { findMeeting } from '#app/domain/meetings/queries.server.ts';
import { findSessionLinks, listCancellations } from '#app/domain/scheduling/replacement-queries.server.ts';
import { findSeriesOfSession } from '#app/domain/series/queries.server.ts';
import { CustomFactList } from '#app/ui/custom-facts.tsx';
import { SessionClassroom } from '#app/ui/session-classroom.tsx';
import { viewCloseOut, viewDetail, viewStory } from '#app/ui/session-detail.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { MaterialsSection, PlanSection, Prose, QuestionsSection, Section } from '#app/ui/session-sections.tsx';
import { soonText, stampText } from '#app/ui/session-when.ts';
import { viewFeedback } from '../feedback-pages/feedback-view.ts';
import { loadGroup } from '../group-pages/load-group.server.ts';
import { loadOnlinePart } from '../join-pages/load-online-part.server.ts';
import { OnlinePart } from '../join-pages/online-part.tsx';
import { wayBack } from '../money-pages/way-back.ts';
import { rulesOfSession } from '../policy-pages/rules-of-session.server.ts';
import { SeriesOfSession } from '../series-pages/series-of-session.tsx';
import { viewSeriesOfSession } from '../series-pages/view-series-of-session.ts';
import { filesOfSession } from '../session-pages/files-of-session.server.ts';
import { loadOfficeSession, subjectOf } from '../session-pages/load-session.server.ts';
import { SessionFiles } from '../session-pages/session-files.tsx';
import { tasksOf } from '../task-pages/tasks-of.server.ts';
import { TasksPanel } from '../task-pages/tasks-panel.tsx';
import { actOnOfficeSession } from './act-on-office-session.server.ts';
import { CancellationPanel } from './cancellation-panel.tsx';
import { CloseOutPanel } from './close-out-panel.tsx';
import { FeedbackPanel } from './feedback-panel.tsx';
import { GroupPanel } from './group-panel.tsx';
import { MeetingPanel } from './meeting-panel.tsx';
import { MoneyPanel } from './money-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { SessionHeader } from './session-header.tsx';
import styles from './session-page.module.css';
import { MailsPanel, StoryPanel } from './story-panel.tsx';
import { viewCancellation } from './view-cancellation.ts';
import { allowedSteps, viewMoney } from './view-office-session.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { user, session, organisation, reader, context } = await loadOfficeSession(args, 'session.read');
  const [credits, room, fitting, cancellations, links, series, group, custom] = await Promise.all([
    listCreditsOfSession(context.db, session.id),
    session.mode === 'online' ? findMeeting(context.db, session.id) : undefined,
    session.mode === 'online' ? listFittingProviders(context.db, context, session.id) : [],
    listCancellations(context.db, session.id),
    findSessionLinks(context.db, session.id),
    findSeriesOfSession(context.db, session.id),
    loadGroup(context, session, reader),
    customOf(context.db, 'session', session.id, officeAudience(user)),
  ]);
  const subject = subjectOf(session);
  const { currency } = organisation;
  return {
    view: viewDetail(session, {
      reader,
      joinWindowMinutes: organisation.joinWindowMinutes,
      base: '/office/sessions',
      office: true,
    }),
    custom,
    back: wayBack(args.request, { to: '/office/sessions', label: 'Sessions' }),
    series: series ? viewSeriesOfSession(series, reader.locale) : null,
    formId: randomUUID(),
    version: session.version,
    overrideReason: session.rateOverrideReason,
    tutor: session.tutor,
    like: {
      tutorId: session.tutor.id,
      programId: session.program.id,
      subjectId: session.subject.id,
      minutes: session.durationMinutes,
      mode: session.mode,
      location: session.location,
    },
    steps: allowedSteps(session, reader.now),
    // No more of a place than the page shows: its percentages and charge are for who may see money.
    places: session.places.map(({ studentId, studentName, clientId, clientName, flag }) => ({
      studentId,
      studentName,
      clientId,
      clientName,
      flag,
    })),
    group,
    cancellation: viewCancellation(session, cancellations, links, reader),
    closeOut: viewCloseOut(session, reader),
    files: await filesOfSession(context.db, session),
    closeOutMeta: session.closeOut && {
      status: session.closeOut.status,
      privateNote: session.closeOut.privateNote,
      sentBackReason: session.closeOut.sentBackReason,
      submitted: `${session.closeOut.automatic ? 'By itself at its end' : (session.closeOut.submittedByName ?? 'Somebody')}, ${stampText(reader, session.closeOut.submittedAt)}`,
      approved:
        session.closeOut.approvedAt &&
        `${session.closeOut.approvedByName ?? 'Somebody'}, ${stampText(reader, session.closeOut.approvedAt)}`,
    },
    meeting: session.meeting && {
      state: session.meeting.state,
      provider: session.meeting.installName,
      error: room?.error ?? session.meeting.error,
      wayOut: room?.wayOut ?? null,
      next: room?.nextAttemptAt && room.nextAttemptAt > reader.now ? soonText(reader, room.nextAttemptAt) : null,
      others: fitting,
    },
    money: viewMoney(session, credits, {
      charges: can(user, 'rates.charge.read'),
      invoices: can(user, 'money.read'),
      pay: can(user, 'pay.manage'),
      currency,
      locale: reader.locale,
    }),
    rules: await rulesOfSession(context, session, { user, organisation, reader }),
    mails: session.mails.map((mail) => ({ ...mail, at: stampText(reader, mail.sentAt ?? mail.createdAt) })),
    story: viewStory(session, reader),
    online: await loadOnlinePart(context, session, reader),
    classroom: await findClassroomTrace(context.db, session.id),
    tasks: await tasksOf(context, user, { kind: 'session', id: session.id }),
    feedback: can(user, 'feedback.read')
      ? (await listFeedback(context.db, { sessionId: session.id })).map((row) => viewFeedback(row, reader))
      : [],
    may: {
      edit: can(user, 'session.edit', subject),
      plan: can(user, 'session.plan', subject),
      approve: can(user, 'closeout.approve', subject),
      correct: can(user, 'money.manage'),
      readMails: can(user, 'mails.read'),
    },
  };
}

export const action = (args: ActionFunctionArgs) => actOnOfficeSession(args);

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.view.title ?? 'Session'} · Lectern` }];

export default function OfficeSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const { view } = page;
  return (
    <>
      <SessionHeader
        view={view}
        back={page.back}
        steps={page.steps}
        places={page.places}
        like={page.like}
        mayCorrect={page.may.correct}
      />
      <div className={styles.columns}>
        <Stack gap="xl">
          <FactList
            facts={[
              { label: 'When', value: view.when.long + (view.when.atOffice ? ` (${view.when.atOffice})` : '') },
              { label: 'Series', value: page.series ? <SeriesOfSession series={page.series} /> : '' },
              { label: 'Length', value: view.duration },
              { label: 'Subject', value: view.subject },
              { label: 'Program', value: view.program },
              { label: 'Where', value: view.place },
              { label: 'Billable', value: view.billable ? '' : 'No' },
              { label: 'Rate by hand', value: page.overrideReason },
              { label: 'Description', value: view.description ? <Prose>{view.description}</Prose> : '' },
            ]}
          />
          <CustomFactList custom={page.custom} />
          <PeoplePanel tutor={page.tutor} places={page.places} students={view.students} />
          {page.group ? <GroupPanel sessionId={view.id} group={page.group} answer={answer} /> : null}
          {page.cancellation ? (
            <CancellationPanel cancellation={page.cancellation} answer={answer} mayEdit={page.may.edit} />
          ) : null}
          {page.closeOut && page.closeOutMeta ? (
            <CloseOutPanel
              closeOut={page.closeOut}
              meta={page.closeOutMeta}
              steps={page.steps}
              answer={answer}
              mayApprove={page.may.approve}
            />
          ) : null}
          <FeedbackPanel items={page.feedback} />
          <SessionFiles files={page.files} answer={answer} />
          {page.money ? <MoneyPanel money={page.money} /> : null}
          <RulesPanel rules={page.rules} />
          <PlanSection session={view} answer={answer} version={page.version} may={page.may.plan} />
          <MaterialsSection session={view} answer={answer} formId={page.formId} may={page.may.plan} />
          <QuestionsSection session={view} answer={answer} formId={page.formId} may={false} title="What the student asks" />
        </Stack>
        <Stack gap="xl">
          {page.meeting ? (
            <MeetingPanel meeting={page.meeting} join={view.join} label={view.title} answer={answer} may={page.may.edit} />
          ) : null}
          <OnlinePart part={page.online} formId={page.formId} answer={answer} />
          <SessionClassroom sessionId={view.id} classroom={page.classroom} />
          <TasksPanel tasks={page.tasks} />
          <MailsPanel mails={page.mails} log={page.may.readMails} />
          <StoryPanel story={page.story} />
        </Stack>
      </div>
      {answer &&
      ![
        'plan',
        'add-file',
        'add-link',
        'add-material',
        'send-back',
        'change-meeting',
        'retry-meeting',
        'restore',
        'add-student',
        'wait',
        'offer',
        'place',
        'stop-waiting',
        'guest-mail',
        'guest-take-back',
      ].includes(answer.intent) ? (
        <Section id="answer" title="That didn’t work">
          <Alert color="red" title={answer.problem.message} role="alert" />
        </Section>
      ) : null}
    </>
  );
}
