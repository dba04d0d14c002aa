/** Why a place that was missed is not charged, as it stands and in words. Browser-safe. */

export type WaivedPlace = { as: 'free'; termName: string } | { as: 'make_up'; state: string; expiresOn: string };

interface StoredWaiver {
  waivedAs: string | null;
  freeTerm: string | null;
  makeUpState: string | null;
  makeUpUntil: string | null;
}

export function waivedOf({ waivedAs, freeTerm, makeUpState, makeUpUntil }: StoredWaiver): WaivedPlace | null {
  if (waivedAs === 'free') return { as: 'free', termName: freeTerm ?? '' };
  if (waivedAs === null || makeUpState === null || makeUpUntil === null) return null;
  return { as: 'make_up', state: makeUpState, expiresOn: makeUpUntil };
}

/** @param day how a date YYYY-MM-DD is read */
export function waivedText(waived: WaivedPlace, day: (date: string) => string): string {
  if (waived.as === 'free')
    return waived.termName
      ? `One of the free cancellations of ${waived.termName}: nothing is charged.`
      : 'One of the term’s free cancellations: nothing is charged.';
  return waived.state === 'used'
    ? 'Another session makes up for it, and that one is charged instead.'
    : `It may be made up for until ${day(waived.expiresOn)}; if it isn’t, it is charged on the day after.`;
}
