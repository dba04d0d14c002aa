import type { AppLoadContext } from '@remix-run/node';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { quantityText } from '#app/domain/credits/credit-unit.ts';
import { findCreditUnit, type Package } from '#app/domain/credits/package-queries.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { asFormValues } from '#app/ui/record-answer.ts';

/** What a package's form is measured in, and offers. */
export async function packageChoices(context: Pick<AppLoadContext, 'db' | 'plugins'>, programId?: string | null) {
  const [{ currency }, unit, programs] = await Promise.all([
    getOrganisation(context.db),
    findCreditUnit(context.db, context),
    listProgramChoices(context.db, programId),
  ]);
  return { digits: currencyDigits(currency), unit, choices: { currency, per: unit.per, programs } };
}

export function packageFormValues(one: Package, measure: Awaited<ReturnType<typeof packageChoices>>) {
  const { name, description, taxPercent, programId, validDays } = one;
  return {
    ...asFormValues({ name, description, taxPercent, programId, validDays }),
    credits: [quantityText(one.credits, measure.unit)],
    price: [formatDecimal(one.price, measure.digits)],
    perStudent: one.perStudent ? ['on'] : [],
    inStorefront: one.inStorefront ? ['on'] : [],
  };
}
