import { randomUUID } from 'node:crypto';
import { redirect } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { addGoal } from '#app/domain/goals/add-goal.server.ts';
import { editGoal } from '#app/domain/goals/edit-goal.server.ts';
import { goalEdit, goalValues } from '#app/domain/goals/goal.schema.ts';
import { listSubjectChoices } from '#app/domain/organisation/program-queries.server.ts';
import { circleOf, getAboutName } from '#app/domain/people/about.server.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { type Args, readerFor } from '../session-pages/load-session.server.ts';
import { goalsOf } from './goals-of.server.ts';

/** The goals of one student, for the office and for who teaches them: what they are, and how far they were when. */

/** Whom it is about, for somebody who may write it; that a student of others exists is a secret to a tutor. */
async function pupilOf(args: Args, place: 'office' | 'tutor') {
  const user = await authorize(args, place === 'office' ? 'office.enter' : 'tutor.enter');
  const { db, clock } = args.context;
  const studentId = recordIdOf(args.params);
  const { name } = await found(getAboutName(db, { studentId }));
  const { tutorIds, clientIds } = await circleOf(db, { studentId }, clock());
  const subject = { type: 'pupil', studentId, clientId: clientIds[0] ?? null, tutorIds } as const;
  const teaches = user.tutorId !== null && tutorIds.includes(user.tutorId);
  if (!can(user, 'goal.write', subject) || (place === 'tutor' && !teaches)) throw notFound();
  return { user, studentId, name, db };
}

export async function loadGoalsPage(args: Args, place: 'office' | 'tutor') {
  const { user, studentId, name, db } = await pupilOf(args, place);
  const { reader } = await readerFor(user, args.context);
  const goals = await goalsOf(db, studentId, reader);
  const chosen = goals.map((goal) => goal.subjectId).filter(Boolean);
  return { studentId, name, goals, subjects: await listSubjectChoices(db, chosen), formId: randomUUID() };
}

export async function actOnGoals(args: Args, place: 'office' | 'tutor') {
  const { user, studentId, db } = await pupilOf(args, place);
  const form = await args.request.formData();
  const actor = actorOf(user, args.context);
  const page = `/${place}/students/${studentId}/goals`;
  try {
    if (form.get('intent') === 'edit') {
      const read = readRecord(goalEdit, form);
      if (!read.ok) return refusedForm(read.answer);
      await editGoal(db, actor, { ...read.value, studentId });
      return redirect(`${page}#${read.value.goalId}`);
    }
    const read = readRecord(goalValues.extend({ id: goalEdit.shape.goalId.optional() }), form);
    if (!read.ok) return refusedForm(read.answer);
    await addGoal(db, actor, { ...read.value, studentId });
    return redirect(page);
  } catch (error) {
    return refusedRecord(error, form);
  }
}
