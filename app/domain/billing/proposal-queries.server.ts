import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RunScope } from './run-scope.ts';

export interface ProposalView extends RunScope {
  id: string;
  periodFrom: string;
  periodTo: string;
  status: 'open' | 'confirmed' | 'sent_back';
  sendMails: boolean;
  previewHash: string;
  seen: string;
  proposedBy: string | null;
  proposedByName: string | null;
  proposedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string;
  runId: string | null;
}

const select = sql`
  SELECT p.id, p.period_from, p.period_to, p.client_ids, p.program_ids, p.billing_install_ids, p.status, p.send_mails,
    p.preview_hash, p.seen, p.proposed_by, p.proposed_at, p.decided_at, p.note, p.run_id,
    nullif(u.name, '') AS proposed_by_name, nullif(d.name, '') AS decided_by_name
  FROM invoice_run_proposal p LEFT JOIN users u ON u.id = p.proposed_by LEFT JOIN users d ON d.id = p.decided_by`;

export async function getProposal(db: Kysely<DB>, id: string): Promise<ProposalView> {
  const { rows } = await sql<ProposalView>`${select} WHERE p.id = ${id}::uuid`.execute(db);
  if (!rows[0]) throw new DomainError('not_found', 'This proposal is not there.');
  return rows[0];
}

/** Those nobody has decided, the oldest first. */
export async function listOpenProposals(db: Kysely<DB>): Promise<ProposalView[]> {
  const { rows } = await sql<ProposalView>`${select} WHERE p.status = 'open' ORDER BY p.proposed_at, p.id`.execute(db);
  return rows;
}
