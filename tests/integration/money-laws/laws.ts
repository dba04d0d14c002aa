import { type Kysely, sql } from 'kysely';
import { factsOf, listRatesFor, loadSession } from '#app/domain/billing/session-facts.server.ts';
import { settle } from '#app/domain/billing/settlement.ts';
import type { DB } from '#db/types.ts';

/** A query that finds nothing as long as the law holds, and otherwise says in `breach` where it is broken. */
const laws: Record<string, string> = {
  'every posting sums to zero per commodity': `
    SELECT t.description || ': ' || a.commodity || ' ' || sum(e.amount) AS breach
    FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id JOIN account a ON a.id = e.account_id
    GROUP BY t.id, a.commodity HAVING sum(e.amount) <> 0`,

  'the counter of an account is the sum of its entries': `
    SELECT code || ' counts ' || balance AS breach FROM account a
    WHERE balance <> (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE account_id = a.id)`,

  'no lot, and nothing booked, used or expired, is below nothing': `
    SELECT code || ' ' || balance AS breach FROM account
    WHERE commodity = 'CREDIT' AND balance < 0 AND code LIKE 'credits:%' AND code NOT LIKE '%:overdraft' AND code <> 'credits:issued'`,

  'nobody is invoiced below nothing, and nothing owed is below what was paid for it': `
    SELECT number_text || ' over ' || total AS breach FROM invoice WHERE total < 0`,

  'a place is on one live invoice line at most': `
    SELECT c.attendance_id || ' on ' || count(*) AS breach FROM charge c JOIN invoice_line l ON l.charge_id = c.id
    WHERE c.reversed_at IS NULL AND c.attendance_id IS NOT NULL GROUP BY c.attendance_id HAVING count(*) > 1`,

  'the nets and taxes of an invoice are those of its lines, tax rounded once per percentage': `
    SELECT i.number_text AS breach FROM invoice i,
      LATERAL (SELECT sum(n) AS net, sum(round(n * p / 100)) AS tax
               FROM (SELECT tax_percent AS p, sum(net) AS n FROM invoice_line WHERE invoice_id = i.id GROUP BY 1) x) l
    WHERE i.net <> l.net OR i.tax <> l.tax OR i.total <> i.net + i.tax`,

  'credit notes take back no more than a line': `
    SELECT l.id::text AS breach FROM invoice_line l JOIN credit_note_line n ON n.invoice_line_id = l.id
    GROUP BY l.id HAVING abs(sum(n.net)) > abs(l.net) OR sign(sum(n.net)) = sign(l.net)`,

  'what is left of an invoice after its credit notes has the tax of what is left': `
    SELECT i.number_text AS breach FROM invoice i,
      LATERAL (SELECT coalesce(sum(net), 0) AS net, coalesce(sum(tax), 0) AS tax, coalesce(sum(total), 0) AS total
               FROM credit_note WHERE invoice_id = i.id) n,
      LATERAL (SELECT coalesce(sum(left_net), 0) AS net, coalesce(sum(round(left_net * p / 100)), 0) AS tax FROM (
                 SELECT l.tax_percent AS p, sum(l.net + coalesce(back.net, 0)) AS left_net FROM invoice_line l
                 LEFT JOIN LATERAL (SELECT sum(net) AS net FROM credit_note_line WHERE invoice_line_id = l.id) back ON true
                 WHERE l.invoice_id = i.id GROUP BY 1) x) l
    WHERE i.net + n.net <> l.net OR i.tax + n.tax <> l.tax OR n.total <> n.net + n.tax`,

  'numbers have no gap': `
    SELECT s.name || ' next ' || s.next_number || ', given ' || d.n || ', last ' || d.last AS breach FROM number_series s,
      LATERAL (SELECT count(*) AS n, coalesce(max(number), 0) AS last FROM (
        SELECT number FROM invoice WHERE series = s.name UNION ALL SELECT number FROM credit_note WHERE series = s.name) x) d
    WHERE d.n <> d.last OR s.next_number <> d.n + 1`,

  'allocations lie within the payment': `
    SELECT p.id::text AS breach FROM payment p JOIN payment_allocation a ON a.payment_id = p.id
    GROUP BY p.id HAVING sum(a.amount) > p.amount
      - coalesce((SELECT sum(amount) FROM payment_refund WHERE payment_id = p.id AND status = 'succeeded'), 0)`,

  'allocations lie within what is owed': `
    SELECT i.number_text AS breach FROM invoice i JOIN payment_allocation a ON a.invoice_id = i.id
    GROUP BY i.id HAVING sum(a.amount) > i.total
      + coalesce((SELECT sum(total) FROM credit_note WHERE invoice_id = i.id), 0)
      - coalesce((SELECT sum(amount) FROM invoice_write_off WHERE invoice_id = i.id), 0)`,

  'no money waits while something of the family is open': `
    SELECT c.ref AS breach FROM client c,
      LATERAL (SELECT coalesce(sum(p.amount), 0) - coalesce(sum((SELECT sum(amount) FROM payment_refund r WHERE r.payment_id = p.id AND status = 'succeeded')), 0)
                 - coalesce(sum((SELECT sum(amount) FROM payment_allocation WHERE payment_id = p.id)), 0) AS unapplied
               FROM payment p WHERE p.client_id = c.id) m,
      LATERAL (SELECT coalesce(sum(greatest(open, 0)), 0) AS open FROM (
        SELECT i.total + coalesce((SELECT sum(total) FROM credit_note WHERE invoice_id = i.id), 0)
          - coalesce((SELECT sum(amount) FROM invoice_write_off WHERE invoice_id = i.id), 0)
          - coalesce((SELECT sum(amount) FROM payment_allocation WHERE invoice_id = i.id), 0) AS open
        FROM invoice i WHERE i.client_id = c.id) x) o
    WHERE m.unapplied > 0 AND o.open > 0`,

  'what the books say a family owes is what its documents and payments come to': `
    SELECT c.ref || ': ' || coalesce(a.balance, 0) || ' in the books, ' || d.owed || ' by documents' AS breach FROM client c
    LEFT JOIN account a ON a.client_id = c.id AND a.code LIKE 'assets:receivable:%',
      LATERAL (SELECT coalesce((SELECT sum(total) FROM invoice WHERE client_id = c.id), 0)
        + coalesce((SELECT sum(n.total) FROM credit_note n JOIN invoice i ON i.id = n.invoice_id WHERE i.client_id = c.id), 0)
        - coalesce((SELECT sum(w.amount) FROM invoice_write_off w JOIN invoice i ON i.id = w.invoice_id WHERE i.client_id = c.id), 0)
        - coalesce((SELECT sum(amount) FROM payment WHERE client_id = c.id), 0)
        + coalesce((SELECT sum(r.amount) FROM payment_refund r JOIN payment p ON p.id = r.payment_id
                    WHERE p.client_id = c.id AND r.status = 'succeeded'), 0) AS owed) d
    WHERE coalesce(a.balance, 0) <> d.owed`,

  'what the books say is unbilled is what no invoice has yet': `
    SELECT c.ref || ': ' || coalesce(a.balance, 0) || ' in the books, ' || d.net || ' by charges' AS breach FROM client c
    LEFT JOIN account a ON a.client_id = c.id AND a.code LIKE 'assets:unbilled:%',
      LATERAL (SELECT coalesce(sum(net), 0) AS net FROM charge
               WHERE client_id = c.id AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.charge_id = charge.id)) d
    WHERE coalesce(a.balance, 0) <> d.net`,

  'what is deferred is the price of the packages less what of it was earned': `
    SELECT c.ref || ': ' || coalesce(-a.balance, 0) || ' deferred, ' || d.open || ' by lots' AS breach FROM client c
    LEFT JOIN account a ON a.client_id = c.id AND a.code LIKE 'liabilities:deferred:%',
      LATERAL (SELECT coalesce(sum(l.moved_price - l.recognised
          + coalesce((SELECT sum(net) FROM charge WHERE credit_lot_id = l.id), 0)
          + coalesce((SELECT sum(n.net) FROM charge x JOIN invoice_line i ON i.charge_id = x.id
              JOIN credit_note_line n ON n.invoice_line_id = i.id WHERE x.credit_lot_id = l.id), 0)), 0) AS open
        FROM credit_lot l WHERE l.client_id = c.id) d
    WHERE coalesce(-a.balance, 0) <> d.open`,

  'no more of a package is earned than it cost, and never less than nothing': `
    -- But for one whose credits moved on, with their price, before a credit note took all of it back.
    SELECT l.ref || ' cost ' || l.price || ' and earned ' || l.recognised AS breach FROM credit_lot l
    WHERE l.recognised < least(0, l.moved_price) OR l.recognised > greatest(0, l.price + l.moved_price)`,

  'what the books say was paid out as wages, mileage and the rest is what the runs hold': `
    SELECT t.ref AS breach FROM tutor t,
      LATERAL (SELECT coalesce(sum(i.amount), 0) AS approved FROM pay_item i JOIN pay_run r ON r.id = i.run_id
               WHERE i.tutor_id = t.id AND r.status <> 'void') d,
      LATERAL (SELECT coalesce(-sum(e.amount), 0) AS posted FROM account a JOIN ledger_entry e ON e.account_id = a.id
               JOIN ledger_transaction x ON x.id = e.transaction_id
               WHERE a.code LIKE 'liabilities:pay:%' AND a.tutor_id = t.id AND x.idempotency_key LIKE 'pay-run:%' AND x.idempotency_key NOT LIKE '%:paid%') b
    WHERE d.approved <> b.posted`,

  'a session is in one pay run at most': `
    SELECT session_id || ' ' || kind || ' ' || count(*) AS breach FROM pay_item WHERE run_id IS NOT NULL AND kind IN ('session', 'mileage')
    GROUP BY session_id, kind, revision HAVING count(*) > 1`,

  'every settled place has a charge, or a reason why it has none': `
    SELECT a.id::text AS breach FROM attendance a
    WHERE (a.left_out IS NULL) <> EXISTS (SELECT 1 FROM charge c WHERE c.attendance_id = a.id AND c.reversed_at IS NULL)`,

  'what is waived is charged to nobody, and what may be made up for, or was, is waived': `
    SELECT a.id::text || ' ' || coalesce(a.waived_as, 'not waived') || ' ' || coalesce(m.state, 'no make-up') AS breach
    FROM attendance a LEFT JOIN make_up m ON m.attendance_id = a.id
    WHERE (coalesce(m.state IN ('open', 'used'), false)) <> (coalesce(a.waived_as, '') = 'make_up')
      OR a.waived_as IS NOT NULL AND (a.outcome NOT IN ('late_cancel', 'no_show')
        OR EXISTS (SELECT 1 FROM charge c WHERE c.attendance_id = a.id AND c.revision = a.revision AND c.reversed_at IS NULL))`,

  'no more is free in a term than the rules say': `
    SELECT student_id || ' ' || count(*) AS breach FROM attendance WHERE waived_as = 'free' GROUP BY student_id, waived_term_id HAVING count(*) > 1`,

  'an issued run has left no line behind': `
    SELECT c.id::text AS breach FROM charge c JOIN invoice_run r ON r.id = c.run_id
    WHERE r.status = 'issued' AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.charge_id = c.id)`,
};

/** Which laws of money are broken, in words; empty as long as all hold. */
export async function brokenLaws(db: Kysely<DB>): Promise<string[]> {
  const broken: string[] = [];
  for (const [law, text] of Object.entries(laws)) {
    const { rows } = await sql<{ breach: string }>`${sql.raw(text)} LIMIT 3`.execute(db);
    broken.push(...rows.map(({ breach }) => `${law}: ${breach}`));
  }
  return broken;
}

/**
 * What each session has cost and paid so far, against what it comes to by the rules as it is now: corrections included,
 * no family is charged and no tutor paid twice or too little.
 * @param corrected lines of pay that somebody corrected to an amount of their own; they are as that person said
 */
export async function wrongSessions(db: Kysely<DB>, corrected: ReadonlySet<string>): Promise<string[]> {
  const wrong: string[] = [];
  await db.transaction().execute(async (trx) => {
    const sessions = await trx.selectFrom('session').select('id').where('status', '<>', 'rescheduled').execute();
    for (const { id } of sessions) {
      const loaded = await loadSession(trx, id);
      const { session, places } = loaded;
      const rates = await listRatesFor(trx, { ...session, studentIds: places.map((p) => p.studentId), date: session.localDate });
      const settled = settle(factsOf(loaded, rates));
      const items = await trx
        .selectFrom('payItem')
        .select(['id', 'kind', 'amount', 'correctsId'])
        .where('sessionId', '=', id)
        .execute();
      if (items.some((item) => corrected.has(item.id))) continue;
      const paid = (kind: string) =>
        items
          .filter(
            (item) =>
              item.kind === kind || (item.correctsId !== null && items.find((one) => one.id === item.correctsId)?.kind === kind),
          )
          .reduce((sum, item) => sum + item.amount, 0n);
      const due = settled.settled ? (settled.pay?.amount ?? 0n) : 0n;
      if (paid('session') !== due) wrong.push(`${session.ref} pays ${paid('session')} and comes to ${due}`);
      if (paid('mileage') !== (settled.settled ? settled.mileage : 0n))
        wrong.push(`${session.ref} pays ${paid('mileage')} of mileage`);
    }
  });
  return wrong;
}
