/** What a key may be given. A key can do what its scopes name and nothing else. */
export const API_SCOPES = [
  'people:read',
  'contacts:read',
  'notes:read',
  'programs:read',
  'slots:read',
  'sessions:read',
  'sessions:write',
  'closeouts:write',
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const SCOPE_MEANINGS: Record<ApiScope, string> = {
  'people:read': 'Tutors and students, without addresses and notes',
  'contacts:read': 'Their e-mail addresses and phone numbers',
  'notes:read': 'What the office and tutors write for themselves: notes on people, plans, private notes of close-outs',
  'programs:read': 'Programs and their lengths',
  'slots:read': 'When tutors are free',
  'sessions:read': 'Sessions, who comes, and what was told to families',
  'sessions:write': 'Book, move and cancel sessions',
  'closeouts:write': 'Close sessions out',
};

/** Somebody else's program, let in by a key. */
export interface ApiCaller {
  keyId: string;
  name: string;
  scopes: readonly ApiScope[];
}

/** The one place that says what a key may do, as `can` does for people. */
export function keyMay(caller: ApiCaller, scope: ApiScope): boolean {
  return caller.scopes.includes(scope);
}

export function isApiScope(text: unknown): text is ApiScope {
  return API_SCOPES.some((scope) => scope === text);
}
