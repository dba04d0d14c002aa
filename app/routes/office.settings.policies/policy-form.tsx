import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { MOST_STEPS } from '#app/domain/organisation/policy-limits.ts';
import { type PolicyTexts, policySentences } from '#app/domain/organisation/policy-sentences.ts';
import { formatMoney } from '#app/ui/format.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import type { Trial, TrialFields } from '../policy-pages/trial-view.ts';
import { TryPanel } from '../policy-pages/try-panel.tsx';
import { PolicyFields, policyFieldLabels, Said } from '../record-forms/policy-fields.tsx';

interface Props {
  initial: FormValues;
  answer: (RecordAnswer & { trial?: Trial }) | undefined;
  version: number;
  currency: string;
  digits: number;
  trial: TrialFields;
}

const dueLabel = 'Days until an invoice is due';
const labels = { ...policyFieldLabels('policies.'), 'policies.invoice.due_days': dueLabel };

/** The rules, and under each what it means, said anew while it is typed; and what they come to on a session. */
export function PolicyForm({ initial, answer, version, currency, digits, trial }: Props) {
  const { field } = recordFields(initial, answer);
  const { locale } = useViewer();
  const [texts, setTexts] = useState(() => policyTexts((name) => field(name).defaultValue));
  const said = policySentences(texts, { digits, write: (amount) => formatMoney(amount, currency, locale), locale });
  const follow = (event: FormEvent<HTMLDivElement>) => {
    const form = (event.target as HTMLElement).closest('form');
    if (form) {
      const typed = new FormData(form);
      setTexts(policyTexts((name) => String(typed.get(name) ?? '')));
    }
  };
  return (
    <div onInput={follow}>
      <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
        <PolicyFields field={field} prefix="policies." said={said} />
        <FormSection title="Invoices">
          <TextInput
            {...field('policies.invoice.due_days')}
            type="number"
            min={0}
            max={365}
            label={dueLabel}
            maw={260}
            required
          />
          <Said>{said.due}</Said>
        </FormSection>
        <TryPanel {...trial} field={field} trial={answer?.trial} />
      </RecordForm>
    </div>
  );
}

function policyTexts(value: (name: string) => string): PolicyTexts {
  const of = (name: string) => value(`policies.${name}`);
  return {
    completion: of('completion'),
    twoDurations: of('two_durations'),
    waitPercent: of('no_show.wait_percent'),
    noShowCharge: of('no_show.client_charge_percent'),
    noShowPay: of('no_show.tutor_pay_percent'),
    payBase: of('no_show.pay_base'),
    noShowFullPay: of('no_show.full_pay_minutes'),
    noticeHours: of('late_cancel.notice_hours'),
    lateCharge: of('late_cancel.client_charge_percent'),
    latePay: of('late_cancel.tutor_pay_percent'),
    steps: Array.from({ length: MOST_STEPS }, (_, row) => ({
      underHours: of(`late_cancel.steps.${row}.under_hours`),
      charge: of(`late_cancel.steps.${row}.client_charge_percent`),
      pay: of(`late_cancel.steps.${row}.tutor_pay_percent`),
    })),
    freePerTerm: of('late_cancel.free_per_term'),
    lateFullPay: of('late_cancel.full_pay_minutes'),
    makeUpOn: of('make_up.on'),
    makeUpDays: of('make_up.valid_days'),
    ratePerMile: of('mileage.rate_per_mile'),
    dueDays: of('invoice.due_days'),
  };
}
