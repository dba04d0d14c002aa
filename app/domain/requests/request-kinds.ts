/** The words of a request that pages and rules share. Browser-safe. */
export const URGENCIES = ['low', 'normal', 'high'] as const;
export const GENDERS = ['female', 'male', 'other'] as const;
export const REQUEST_SOURCES = ['office', 'enquiry', 'family', 'import'] as const;
export type RequestSource = (typeof REQUEST_SOURCES)[number];

/** What the product does with a stage, whatever an admin calls it. */
export const STAGE_KINDS = ['new', 'working', 'offered', 'won', 'lost'] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

export const isClosedKind = (kind: string) => kind === 'won' || kind === 'lost';
