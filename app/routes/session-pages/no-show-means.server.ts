import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { AppContext } from '#app/context.ts';
import { type NoShowMeans, previewNoShow } from '#app/domain/closeout/preview-no-show.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { formatMoney } from '#app/ui/format.ts';

interface Of {
  user: SignedInUser;
  audience: 'tutor' | 'office';
  currency: string;
  locale: string;
}

/**
 * What a no-show of each student comes to, in sentences: for the tutor their own pay and nothing of the family's money, for the
 * office what the family owes, and pay for who may see it.
 */
export async function noShowMeans(
  context: Pick<AppContext, 'db' | 'plugins'>,
  session: SessionDetail,
  { user, audience, currency, locale }: Of,
): Promise<Map<string, string[]>> {
  const money = (amount: bigint) => formatMoney(amount, currency, locale);
  const tutors = audience === 'tutor';
  const means = await previewNoShow(context.db, context, session.id);
  return new Map(
    means.map((one) => [
      one.studentId,
      [
        ...(tutors ? [payLine(one, 'You get', money)] : []),
        ...(!tutors && can(user, 'rates.charge.read') && session.billable ? [chargeLine(one, money)] : []),
        ...(!tutors && can(user, 'rates.pay.read') ? [payLine(one, 'The tutor gets', money)] : []),
      ],
    ]),
  );
}

function payLine({ pay, payPercent }: NoShowMeans, gets: string, money: (amount: bigint) => string): string {
  if (pay === null) return 'There is no rate of pay for this session yet.';
  if (pay === 0n) return `${gets} nothing for the session then.`;
  return `${gets} ${money(pay)} for the session then (a no-show pays ${payPercent} %).`;
}

function chargeLine({ fee, chargePercent }: NoShowMeans, money: (amount: bigint) => string): string {
  if (chargePercent === '0') return 'The family is charged nothing.';
  return fee === null
    ? `${chargePercent} % of the session is charged to the family.`
    : `The family is charged ${chargePercent} %: ${money(fee)} before tax.`;
}
