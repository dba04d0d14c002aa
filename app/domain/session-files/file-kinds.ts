/** Files that hang on a session, by what they are for. Browser-safe. */
export const SESSION_FILE_KINDS = ['homework', 'resource', 'answer', 'material', 'receipt'] as const;
export type SessionFileKind = (typeof SESSION_FILE_KINDS)[number];

export const fileKindNames: Record<SessionFileKind, string> = {
  homework: 'Homework',
  resource: 'For the family',
  answer: 'Answer to the homework',
  material: 'Material for the session',
  receipt: 'Receipt',
};

export const isSessionFileKind = (kind: unknown): kind is SessionFileKind =>
  (SESSION_FILE_KINDS as readonly unknown[]).includes(kind);

/** What a family sees of a session's files: never a receipt, and homework only where the company shows it. */
export function fileKindsOfFamily(rules: { families_see_homework: boolean }): SessionFileKind[] {
  return ['resource', 'material', ...(rules.families_see_homework ? (['homework', 'answer'] as const) : [])];
}

/** What each side puts there: the tutor and the office what is taught with, the family what it asks and answers. */
export const kindsAddedBy = {
  tutor: ['homework', 'resource', 'material', 'receipt'],
  family: ['answer', 'material'],
} as const satisfies Record<string, readonly SessionFileKind[]>;
