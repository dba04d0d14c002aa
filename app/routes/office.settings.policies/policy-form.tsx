import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type PolicyTexts, policySentences } from '#app/domain/organisation/policy-sentences.ts';
import { formatMoney } from '#app/ui/format.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { PolicyFields, policyLabels, Said } from '../record-forms/policy-fields.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version: number;
  currency: string;
  digits: number;
}

const dueLabel = 'Days until an invoice is due';
const labels = {
  ...Object.fromEntries(Object.entries(policyLabels).map(([name, label]) => [`policies.${name}`, label])),
  'policies.invoice.due_days': dueLabel,
};

/** The rules, and under each what it means, said anew while it is typed. */
export function PolicyForm({ initial, answer, version, currency, digits }: Props) {
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
      </RecordForm>
    </div>
  );
}

function policyTexts(value: (name: string) => string): PolicyTexts {
  return {
    completion: value('policies.completion'),
    twoDurations: value('policies.two_durations'),
    waitPercent: value('policies.no_show.wait_percent'),
    noShowCharge: value('policies.no_show.client_charge_percent'),
    noShowPay: value('policies.no_show.tutor_pay_percent'),
    payBase: value('policies.no_show.pay_base'),
    noticeHours: value('policies.late_cancel.notice_hours'),
    lateCharge: value('policies.late_cancel.client_charge_percent'),
    latePay: value('policies.late_cancel.tutor_pay_percent'),
    ratePerMile: value('policies.mileage.rate_per_mile'),
    dueDays: value('policies.invoice.due_days'),
  };
}
