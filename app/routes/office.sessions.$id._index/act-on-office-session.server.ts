import { type ActionFunctionArgs, data } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { addStudent, addStudentSchema } from '#app/domain/groups/add-student.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { changeMeetingProvider } from '#app/domain/meetings/change-provider.server.ts';
import { retryMeeting } from '#app/domain/meetings/retry-meeting.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { waitingAction } from '../group-pages/waiting-action.server.ts';
import { actOnFiles } from '../session-pages/act-on-files.server.ts';
import { actOnSession, answerForm, textOf } from '../session-pages/act-on-session.server.ts';
import { loadOfficeSession, subjectOf } from '../session-pages/load-session.server.ts';

/** The forms of the office's page of a session: what each does, and where it leads back to. */
export async function actOnOfficeSession(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.edit');
  const { session, reader, actor, context } = await loadOfficeSession(args, 'session.edit');
  const form = await args.request.formData();
  const on = { context, actor, reader, sessionId: session.id, page: `/office/sessions/${session.id}` };
  const { db } = context;
  switch (textOf(form, 'intent')) {
    case 'approve':
      await authorize(args, 'closeout.approve');
      return answerForm(
        on,
        form,
        async () => {
          const { refused } = await approveCloseOuts(db, context, actor, { sessionIds: [session.id] });
          if (refused[0]) throw refused[0].error;
        },
        '#close-out',
      );
    case 'send-back':
      await authorize(args, 'closeout.approve');
      return answerForm(
        on,
        form,
        () => sendBackCloseOut(db, context, actor, { sessionId: session.id, reason: textOf(form, 'reason') }),
        '#close-out',
      );
    case 'restore': {
      await authorize(args, 'session.cancel');
      const studentId = textOf(form, 'studentId');
      return answerForm(
        on,
        form,
        () =>
          restoreSession(db, context, actor, {
            sessionId: session.id,
            ...(isId(studentId) ? { studentIds: [studentId] } : {}),
          }),
        '#cancellation',
      );
    }
    case 'add-student':
      return answerForm(
        on,
        form,
        async () =>
          addStudent(
            db,
            context,
            actor,
            addStudentSchema.parse({
              sessionId: session.id,
              studentId: textOf(form, 'studentId'),
              scope: textOf(form, 'scope'),
              overruleStudentConflict: form.get('overrule') === 'on',
            }),
          ),
        '#group',
      );
    case 'retry-meeting':
      return answerForm(on, form, () => retryMeeting(db, context, actor, { sessionId: session.id }), '#meeting');
    case 'change-meeting': {
      const installId = textOf(form, 'installId');
      if (!isId(installId)) throw new Response('Choose a provider.', { status: 400 });
      return answerForm(
        on,
        form,
        () => changeMeetingProvider(db, context, actor, { sessionId: session.id, installId }),
        '#meeting',
      );
    }
    default: {
      const wait = waitingAction(context, actor, { sessionId: session.id }, form);
      if (wait) return answerForm(on, form, wait, '#group');
      const answer = can(user, 'session.plan', subjectOf(session)) ? (actOnFiles(on, form) ?? actOnSession(on, form)) : undefined;
      return (await answer) ?? data(null, { status: 400 });
    }
  }
}
