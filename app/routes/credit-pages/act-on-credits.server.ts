import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { sellPackageSchema } from '#app/domain/billing/sell-package.schema.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { sellFromPackage } from '#app/domain/credits/sell-from-package.server.ts';
import { setCreditWatch } from '#app/domain/credits/set-credit-watch.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { actOnMoves } from './act-on-moves.server.ts';

const optional = (form: FormData, name: string) => textOf(form, name) || undefined;

/** The forms of a family's credits in the office: a package of the list, credits sold freely, or moved by hand. */
export async function actOnCredits(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const actor = actorOf(user, context);
  const clientId = recordIdOf(args.params);
  const form = await request.formData();
  const name = textOf(form, 'form') || 'free';
  if (name === 'give' || name === 'take' || name === 'move') {
    const refused = await actOnMoves(context, actor, form, { name, clientId });
    if (refused) return refused;
    throw redirect(`/office/credits/${clientId}`);
  }
  try {
    if (name === 'watch') {
      const lowCredits = textOf(form, 'lowCredits') === '' ? null : moneyOf(form, 'lowCredits', 2);
      if (lowCredits === undefined || (lowCredits !== null && lowCredits < 0n))
        return refusal({ lowCredits: 'Enter a number of credits, or nothing.' }, form, name);
      const topUp = textOf(form, 'topUpPackageId');
      await setCreditWatch(context.db, actor, { clientId, lowCredits, topUpPackageId: isId(topUp) ? topUp : null });
    } else if (name === 'package') {
      const errors: Record<string, string> = {};
      if (!isId(textOf(form, 'packageId'))) errors.packageId = 'Choose a package.';
      if (!isLocalDate(textOf(form, 'purchasedOn'))) errors.purchasedOn = 'Enter a date.';
      const id = textOf(form, 'id');
      const studentId = textOf(form, 'studentId');
      if (!isId(id)) throw new Response('Nothing to do.', { status: 400 });
      if (Object.keys(errors).length > 0) return refusal(errors, form, name);
      await sellFromPackage(context.db, context, actor, {
        id,
        clientId,
        packageId: textOf(form, 'packageId'),
        studentId: isId(studentId) ? studentId : null,
        purchasedOn: textOf(form, 'purchasedOn'),
      });
    } else {
      const { currency } = await getOrganisation(context.db);
      const read = readFreeSale(form, clientId, currencyDigits(currency));
      if (!read.sale) return refusal(read.errors, form, name);
      await sellPackage(context.db, context, actor, read.sale);
    }
  } catch (error) {
    return refusalOf(error, form, name);
  }
  throw redirect(`/office/credits/${clientId}`);
}

function readFreeSale(form: FormData, clientId: string, digits: number) {
  const credits = moneyOf(form, 'credits', 2);
  const price = moneyOf(form, 'price', digits);
  const errors: Record<string, string> = {};
  if (credits === undefined || credits <= 0n) errors.credits = 'Enter a number of credits above 0.';
  if (price === undefined || price < 0n) errors.price = 'Enter a price, such as 400.00.';
  if (Object.keys(errors).length > 0) return { errors };
  const parsed = sellPackageSchema.safeParse({
    id: optional(form, 'id'),
    clientId,
    studentId: optional(form, 'studentId'),
    credits,
    price,
    taxPercent: optional(form, 'taxPercent'),
    purchasedOn: textOf(form, 'purchasedOn'),
    expiresOn: optional(form, 'expiresOn'),
    note: optional(form, 'note'),
  });
  if (parsed.success) return { errors, sale: parsed.data };
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? 'credits')] ??= issue.message;
  return { errors };
}
