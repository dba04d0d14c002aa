import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editMatchingRules, getMatchingRules } from '#app/domain/matching/edit-matching-rules.server.ts';
import { SCORE_PARTS } from '#app/domain/matching/match-facts.ts';
import type { MatchingRules } from '#app/domain/matching/matching-rules.ts';
import { matchingSettingsSchema } from '#app/domain/matching/matching-settings.schema.ts';
import { loadWeightsPreview } from '#app/domain/matching/preview-weights.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { WeightsForm } from './weights-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Matching · Lectern' }];

const formValues = ({ weights, answerHours, remindHours }: MatchingRules) =>
  asFormValues({
    ...Object.fromEntries(SCORE_PARTS.map((part) => [`matching.weights.${part}`, weights[part]])),
    'matching.answerHours': answerHours,
    'matching.remindHours': remindHours,
  });

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const [{ rules, version }, preview] = await Promise.all([
    getMatchingRules(context.db),
    loadWeightsPreview(context.db, context, new URL(request.url).searchParams.get('request')),
  ]);
  return { initial: formValues(rules), saved: rules.weights, version, preview };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(matchingSettingsSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editMatchingRules(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues((await getMatchingRules(context.db)).rules));
  }
}

export default function MatchingSettings() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Matching"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What speaks for a tutor, and by how much. Subject, level, mode, clearances, reach, free times and hours are no matter of weights: who breaks one of these is never proposed."
      />
      <WeightsForm {...data} answer={answer} />
    </>
  );
}
