import { Stack } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isId } from '#app/domain/is-id.ts';
import { addGuardian } from '#app/domain/people/add-guardian.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { editGuardian } from '#app/domain/people/edit-guardian.server.ts';
import { guardianEditSchema, newGuardianSchema } from '#app/domain/people/guardian.schema.ts';
import { listGuardians } from '#app/domain/people/guardian-queries.server.ts';
import { getStudent } from '#app/domain/people/queries.server.ts';
import { removeGuardian } from '#app/domain/people/remove-guardian.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedAction, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { textOf } from '../money-pages/refusal.server.ts';
import { inviteAction } from '../record-forms/invite-action.server.ts';
import { AddGuardian } from './add-guardian.tsx';
import { GuardianCard } from './guardian-card.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Student'}: guardians · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const student = await found(getStudent(db, recordIdOf(args.params)));
  const [guardians, clients] = await Promise.all([listGuardians(db, student.id), listClientChoices(db)]);
  const taken = new Set([student.clientId, ...guardians.map((guardian) => guardian.clientId)]);
  return {
    id: student.id,
    name: student.name,
    payer: student.clientName,
    guardians,
    clients: clients.filter((client) => !taken.has(client.id)),
    mayInvite: can(user, 'users.manage'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const studentId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const here = `/office/students/${studentId}/guardians`;
  const shape = (input: Record<string, unknown>) => ({ ...input, studentId });
  const intent = textOf(form, 'intent');
  if (intent === 'add') {
    const read = readRecord(newGuardianSchema, form, { shape });
    if (!read.ok) return refusedForm(read.answer);
    try {
      await addGuardian(context.db, context, actor, read.value);
      return redirect(here);
    } catch (error) {
      return refusedRecord(error, form);
    }
  }
  const clientId = textOf(form, 'clientId');
  if (!isId(clientId)) throw notFound();
  try {
    if (intent === 'invite') {
      const guardian = (await listGuardians(context.db, studentId)).find((one) => one.clientId === clientId);
      if (!guardian) throw notFound();
      const person = { type: 'client', id: clientId, name: guardian.name, email: guardian.email } as const;
      return await inviteAction(context, user, person);
    }
    if (intent === 'remove') await removeGuardian(context.db, context, actor, { studentId, clientId });
    else {
      const read = readRecord(guardianEditSchema, form, { shape });
      if (!read.ok) return refusedForm(read.answer);
      await editGuardian(context.db, context, actor, read.value);
    }
    return redirect(here);
  } catch (error) {
    return refusedAction(error);
  }
}

export default function Guardians() {
  const { id, name, payer, guardians, clients, mayInvite } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const answer = told && 'values' in told ? told : undefined;
  const adding = answer?.values.intent?.[0] === 'add' ? answer : undefined;
  return (
    <>
      <PageHeader
        title={`Guardians of ${name}`}
        back={{ to: `/office/students/${id}`, label: name }}
        description={`${payer} pays. Others who care for ${name} sign in and see the lessons, what was done in them, and what the office shares; never invoices, credits or the address of who pays.`}
      />
      <ToldAlert told={told && !adding && 'message' in told && told.message ? { message: told.message } : undefined} />
      <Stack gap="lg" maw={760}>
        {guardians.map((guardian) => (
          <GuardianCard key={guardian.clientId} guardian={guardian} mayInvite={mayInvite} />
        ))}
        <AddGuardian key={guardians.length} clients={clients} answer={adding} />
      </Stack>
    </>
  );
}
