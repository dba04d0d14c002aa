/** Of whom an invoice run is; null: of all. Browser-safe. */
export interface RunScope {
  clientIds: string[] | null;
  /** Of these programs; lines that belong to no program (a package for any, a fee) are in runs of all programs alone. */
  programIds: string[] | null;
  /** Billing modes, by their install. */
  billingInstallIds: string[] | null;
}

export const EVERYBODY: RunScope = { clientIds: null, programIds: null, billingInstallIds: null };

const sorted = (ids: readonly string[] | null | undefined) => (ids && ids.length > 0 ? [...new Set(ids)].sort() : null);

/** One way to write a scope: no duplicates, in order, and nobody chosen is everybody. */
export function scopeOf(parts: Partial<RunScope>): RunScope {
  return {
    clientIds: sorted(parts.clientIds),
    programIds: sorted(parts.programIds),
    billingInstallIds: sorted(parts.billingInstallIds),
  };
}

export const isEverybody = (scope: RunScope) =>
  scope.clientIds === null && scope.programIds === null && scope.billingInstallIds === null;
