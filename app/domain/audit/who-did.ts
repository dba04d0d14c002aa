/** Whom the log names for what was done: the person, the key it came with, or what else did it. */
export function whoDid(by: { name: string | null; apiKeyName: string | null; actorKind: string }): string {
  if (by.name) return by.name;
  if (by.apiKeyName !== null) return `${by.apiKeyName} (API)`;
  if (by.actorKind === 'system') return 'Lectern itself';
  if (by.actorKind === 'import') return 'An import';
  return by.actorKind === 'guest' ? 'A guest of the public pages' : 'A former user';
}
