import { INSTANT, type Variables, type VariableType } from './expression.ts';
import type { Description, SettingDescription } from './shape.ts';

const tutor: VariableType = { id: 'string', name: 'string', email: 'dyn', personalRoomUrl: 'dyn' };
const want: VariableType = {
  ...{ sessionId: 'string', code: 'string', title: 'string', startsAt: INSTANT, endsAt: INSTANT, timezone: 'string' },
  ...{ students: 'int', place: 'dyn', tutor },
};
const have: VariableType = { ref: 'string', joinUrl: 'dyn' };
const who: VariableType = { userId: 'string', name: 'string', email: 'dyn', role: 'string' };
const window: VariableType = { opensAt: INSTANT, closesAt: INSTANT, tutor };

export type Operation = 'create' | 'find' | 'update' | 'release' | 'join' | 'check' | 'attendance';

const known: Record<Operation, Variables> = {
  create: { want },
  find: { want },
  update: { want, have },
  release: { have },
  join: { want, have, who, window },
  check: {},
  attendance: { have },
};

/** What the expressions of each place of a description know. */
export function scopes(description: Pick<Description, 'settings'>) {
  const types = Object.fromEntries(Object.entries(description.settings).map(([name, field]) => [name, typeOf(field)]));
  const settings: Variables = Object.keys(types).length > 0 ? { settings: types } : {};
  return {
    settings,
    request: (operation: Operation): Variables => ({ ...settings, ...known[operation], now: INSTANT }),
    reply: (operation: Operation): Variables => ({ ...settings, ...known[operation], now: INSTANT, status: 'int', reply: 'dyn' }),
    error: { ...settings, status: 'int', reply: 'dyn' } as Variables,
    event: { ...settings, event: 'dyn' } as Variables,
  };
}

function typeOf(field: SettingDescription): string {
  if ('optional' in field && field.optional && (!('default' in field) || field.default === undefined)) return 'dyn';
  if (field.type === 'number') return field.whole ? 'int' : 'double';
  return field.type === 'boolean' ? 'bool' : 'string';
}
