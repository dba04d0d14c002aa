import { Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import type { StoredStep } from '#app/domain/organisation/policy.schema.ts';
import { getProgram } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { archiveAction } from '../record-forms/archive-action.server.ts';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { policyLabels } from '../record-forms/policy-fields.tsx';
import { flat, programChoices } from '../record-forms/program-values.server.ts';
import { BASES, COMPLETIONS, KINDS, MAKE_UPS, PAY_BASES, TWO_DURATIONS } from '../record-forms/program-words.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.program.name ?? 'Program'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const program = await found(getProgram(db, id));
  const [{ inherited }, organisation, history] = await Promise.all([
    programChoices(db),
    getOrganisation(db),
    listAudit(db, { subjectType: 'program', subjectId: id, limit: 20 }),
  ]);
  const own = flat(program.policyOverrides);
  const rules: { name: string; label: string; own: string | null; organisation: string }[] = Object.entries(policyLabels).map(
    ([name, label]) => ({
      name,
      label,
      own: own[name] ?? null,
      organisation: inherited.policy[name] ?? '',
    }),
  );
  const steps = program.policyOverrides.late_cancel?.steps;
  rules.push({
    name: 'steps',
    label: 'Late cancellation: with even less notice',
    own: steps ? stepsText(steps) : null,
    organisation: stepsText(organisation.policies.late_cancel.steps),
  });
  return { program, inherited, rules, history: history.map(historyLine), mayWrite: can(user, 'program.write') };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const id = recordIdOf(args.params);
  const intent = (await args.request.formData()).get('intent');
  return (await archiveAction(args.context, actorOf(user, args.context), { kind: 'program', id }, intent)) ?? null;
}

const stepsText = (steps: readonly StoredStep[]) =>
  steps.length === 0
    ? 'Nothing else'
    : steps
        .map(
          (step) =>
            `under ${step.under_hours} h the client is charged ${step.client_charge_percent}%, the tutor is paid ${step.tutor_pay_percent}%`,
        )
        .join('; ');

const words: Record<string, string> = { ...COMPLETIONS, ...PAY_BASES, ...MAKE_UPS, ...TWO_DURATIONS };

export default function Program() {
  const { program, inherited, rules, history, mayWrite } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const archived = program.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={<RecordTitle name={program.name} archived={archived} />}
        back={{ to: '/office/programs', label: 'Programs' }}
        description={program.description || undefined}
        actions={
          mayWrite ? (
            <>
              <ArchiveButton archived={archived} consequence="No new sessions can be booked in it. Those that are booked stay." />
              <Button component={Link} to="edit">
                Edit
              </Button>
            </>
          ) : undefined
        }
      />
      <ToldAlert told={told ?? undefined} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Facts">
            <Facts
              rows={[
                ['Reference', program.ref],
                ['Kind', KINDS[program.kind]],
                ['Students', program.capacity === 1 ? 'One' : `${program.capacity} at most`],
                ['Charged', BASES[program.chargeBasis]],
                ['Tax', `${program.taxPercent}%`],
                [
                  'Lengths',
                  program.durations
                    ? `${program.durations.join(', ')} minutes`
                    : `${inherited.durations} minutes (as the organisation)`,
                ],
                [
                  'Begin every',
                  program.gridMinutes
                    ? `${program.gridMinutes} minutes`
                    : `${inherited.gridMinutes} minutes (as the organisation)`,
                ],
                ['Usual length', program.defaultDuration ? `${program.defaultDuration} minutes` : null],
                [
                  'Takes place',
                  program.meetingName ??
                    (inherited.provider ? `${inherited.provider} (as the organisation)` : 'As the organisation'),
                ],
              ]}
            />
          </Panel>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Rules">
            <Facts
              rows={rules.map((rule) => [
                rule.label,
                rule.own === null ? (
                  `${words[rule.organisation] ?? rule.organisation} (as the organisation)`
                ) : (
                  <strong key={rule.name}>{words[rule.own] ?? rule.own}</strong>
                ),
              ])}
            />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
