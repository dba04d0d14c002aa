import { TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { BillLines } from '../money-pages/bill-lines.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import type { loadWizard } from './load.server.ts';

type Opened = NonNullable<NonNullable<Awaited<ReturnType<typeof loadWizard>>['families']>['opened']>;

const BY_HAND = ['extra', 'discount', 'write_off'];

/** The lines of one invoice to be, each with its reason; one can be written off, one by hand taken away. */
export function FamilyLines({ family, mayAct, answer }: { family: Opened; mayAct: boolean; answer: Refusal | undefined }) {
  const byId = new Map(family.lines.map((line) => [line.chargeId, line]));
  const writtenOff = new Set(family.lines.flatMap((line) => (line.kind === 'write_off' ? [line.aboutChargeId] : [])));
  return (
    <BillLines
      caption={`Lines of ${family.clientName}`}
      lines={family.lines.map((line) => ({
        key: line.chargeId,
        localDate: line.localDate,
        description: line.description,
        sessionTo: line.sessionId ? `/office/sessions/${line.sessionId}` : null,
        minutes: line.minutes,
        amount: line.net,
        taxPercent: line.taxPercent,
        late: line.late,
        reason: line.reason,
      }))}
      extra={
        mayAct
          ? [
              {
                key: 'act',
                header: 'Change',
                cell: ({ key }) => {
                  const line = byId.get(key);
                  if (!line) return null;
                  if (BY_HAND.includes(line.kind)) {
                    return (
                      <Form method="post" preventScrollReset>
                        <input type="hidden" name="intent" value="remove-line" />
                        <SubmitButton name="chargeId" value={key} size="compact-xs" variant="default">
                          Take away
                        </SubmitButton>
                      </Form>
                    );
                  }
                  if (writtenOff.has(key) || line.net <= 0n) return null;
                  const refused =
                    answer?.form === 'write-off' && answer.values.chargeId === key ? answer.errors.reason : undefined;
                  return (
                    <ConfirmButton
                      label="Write off"
                      confirm="Write it off"
                      size="compact-xs"
                      dangerous
                      fields={{ intent: 'write-off', chargeId: key }}
                      consequence={
                        <>
                          Gives up <Money value={line.net} />: a line with the reason stands beside it on the invoice, and
                          together they come to nothing.
                        </>
                      }
                    >
                      <TextInput name="reason" label="Why" error={refused} />
                    </ConfirmButton>
                  );
                },
              },
            ]
          : []
      }
    />
  );
}
