import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import type { AppContext } from '#app/context.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { editCourseSchema } from '#app/domain/groups/course.schema.ts';
import { getCourse } from '#app/domain/groups/course-queries.server.ts';
import { findCreditsInstall } from '#app/domain/groups/credits-install.server.ts';
import { editCourse } from '#app/domain/groups/edit-course.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { decimalText } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { CourseFields, courseLabels } from '../group-pages/course-fields.tsx';
import { courseShape } from '../group-pages/course-form.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'course'} · Lectern` }];

async function read(context: AppContext, id: string) {
  const [course, { currency }] = await Promise.all([
    found(getCourse(context.db, context.clock(), id)),
    getOrganisation(context.db),
  ]);
  const { name, description, capacity, enrolUntil } = course;
  const price = course.price === null ? '' : decimalText(course.price, currencyDigits(currency));
  const initial: FormValues = {
    ...asFormValues({ name, description, capacity, enrolUntil, price }),
    inStorefront: course.inStorefront ? ['on'] : [],
  };
  return { course, currency, initial };
}

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'session.book');
  const { course, currency, initial } = await read(args.context, recordIdOf(args.params));
  const credits = await findCreditsInstall(args.context.db, args.context);
  return { id: course.id, name: course.name, version: course.version, currency, initial, creditsUsable: credits !== undefined };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.book');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const { currency } = await read(context, id);
  const form = await request.formData();
  const parsed = readRecord(editCourseSchema, form, { shape: (input) => ({ ...courseShape(input, form, currency), id }) });
  if (!parsed.ok) return refusedForm(parsed.answer);
  try {
    await editCourse(context.db, context, actorOf(user, context), parsed.value);
    return redirect(`/office/courses/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => (await read(context, id)).initial);
  }
}

export default function EditCourse() {
  const { id, name, version, currency, initial, creditsUsable } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        back={{ to: `/office/courses/${id}`, label: name }}
        description="The price and the last day hold for who enrols from now on. Who is in it keeps their place and their price."
      />
      <RecordForm answer={answer} version={version} labels={courseLabels} submit="Save" cancelTo={`/office/courses/${id}`}>
        <CourseFields fields={recordFields(initial, answer)} currency={currency} creditsUsable={creditsUsable} />
      </RecordForm>
    </>
  );
}
