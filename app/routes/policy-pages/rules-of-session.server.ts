import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { listFreeCancellations } from '#app/domain/make-ups/free-queries.server.ts';
import { listMakeUps } from '#app/domain/make-ups/make-up-queries.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyChanges, policyLines } from '#app/domain/organisation/policy-changes.ts';
import { getProgram } from '#app/domain/organisation/program-queries.server.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { viewMakeUp } from './make-up-view.ts';

interface Sight {
  user: SignedInUser;
  organisation: Organisation;
  reader: Reader;
}

/** For the office: the rules a session was booked by, what is different of them now, and what in it is not charged for that. */
export async function rulesOfSession(context: AppLoadContext, session: SessionDetail, { user, organisation, reader }: Sight) {
  const { currency } = organisation;
  const written = {
    digits: currencyDigits(currency),
    write: (amount: bigint) => formatMoney(amount, currency, reader.locale),
    locale: reader.locale,
    // Who sees no pay reads no share of it either.
    reader: can(user, 'rates.pay.read') ? ('office' as const) : ('family' as const),
  };
  const [program, makeUps, free] = await Promise.all([
    getProgram(context.db, session.program.id),
    listMakeUps(context.db, { sessionId: session.id }),
    listFreeCancellations(context.db, session.id),
  ]);
  const now = effectivePolicy(organisation.policies, program.policyOverrides);
  // Due days are the client's, at the time of the invoice.
  const lines = policyLines(session.policy, written).filter((line) => line.rule !== 'Invoices');
  const views = makeUps.map((row) => ({ row, view: viewMakeUp(row, { reader, base: '/office/sessions' }) }));
  return {
    lines,
    changed: policyChanges(session.policy, now, written).filter((change) => change.rule !== 'Invoices'),
    waived: [
      ...free.map((one) => ({ text: `${one.studentName}: a free cancellation of ${one.termName}`, link: null })),
      ...views.map(({ row, view }) =>
        row.usedId === session.id
          ? { text: `Makes up for a lesson that ${view.student} missed`, link: view.missed }
          : view.used
            ? { text: `${view.student} makes up for it: not charged`, link: view.used }
            : {
                text:
                  view.state === 'open'
                    ? `${view.student} may make up for it until ${view.until}: not charged till then`
                    : `${view.student}: ${view.stateText.toLowerCase()}`,
                link: { to: `/office/make-ups?student=${row.studentId}`, text: 'Make-ups' },
              },
      ),
    ],
  };
}
