import { API_VERSION, type PluginKind, z } from '#plugins/contract/index.ts';
import { settingsFields } from './settings-fields.ts';

const anyFunction = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
const text = z.string('must be a text').min(1, 'must not be empty');

const common = z.object({
  id: z.string('must be a text').regex(/^[a-z][a-z0-9-]*$/, 'must be lowercase letters, digits and dashes'),
  version: text,
  name: text,
  description: text,
  config: z.custom<z.ZodObject>((value) => value instanceof z.ZodObject || isForeignZodObject(value), 'must be a zod object'),
  configVersion: z.int('must be a whole number').min(1, 'starts at 1'),
  migrateConfig: anyFunction.optional(),
  capabilitiesWith: anyFunction.optional(),
  hosts: z.union(
    [z.array(z.hostname('must be host names')), anyFunction],
    'must be a list of host names or a function that gives one',
  ),
  create: anyFunction,
});

const capabilities = {
  billing: z.object({
    pays: z.enum(['credits', 'invoice', 'period', 'elsewhere']),
    importName: z
      .string()
      .regex(/^[a-z_]+$/, 'must be lowercase letters')
      .optional(),
  }),
  meeting: z.object({
    provisioning: z.enum(['ahead', 'static', 'on_join']),
    create: z.enum(['idempotent', 'reconcile', 'not_needed']),
    links: z.enum(['shared', 'per_person', 'none', 'own']),
    attendance: z.enum(['webhook', 'poll', 'none']),
    auth: z.enum(['install', 'per_tutor', 'either', 'none']),
    instant: z.boolean(),
    recording: z.boolean(),
    maxParticipants: z.int().min(1).nullable(),
  }),
  payment: z.object({
    checkout: z.boolean(),
    savedCards: z.boolean(),
    refunds: z.enum(['none', 'whole', 'partial']),
    currencies: z.union([z.literal('any'), z.array(z.string().regex(/^[A-Z]{3}$/, 'must be codes of currencies'))]),
  }),
  payroll: z.object({}),
} as const;

/** A plugin from npm may bring its own copy of zod. */
function isForeignZodObject(value: unknown): boolean {
  return (value as z.ZodObject | undefined)?._zod?.def?.type === 'object';
}

/** Everything that is wrong with one plugin's definition; empty when it can be used. */
export function checkPlugin(candidate: unknown, kind: PluginKind): string[] {
  if (typeof candidate !== 'object' || candidate === null) {
    return ['exports no `plugin`; a plugin is `export const plugin = definePlugin({ ... })`'];
  }
  const given = candidate as Record<string, unknown>;
  // One written for another version of the contract can't be held against this one.
  if (given.apiVersion !== API_VERSION) {
    return [
      `is written for version ${String(given.apiVersion)} of the plugin contract; this Lectern speaks version ${API_VERSION}`,
    ];
  }
  const problems: string[] = [];
  if (given.kind !== kind) problems.push(`is of the kind "${String(given.kind)}" and stands in the list "${kind}"`);

  const parsed = common.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.') || 'plugin'} ${issue.message}`);
  }
  const declared = capabilities[kind].safeParse(given.capabilities);
  if (!declared.success) {
    for (const issue of declared.error.issues) {
      problems.push(`${['capabilities', ...issue.path].join('.')}: ${issue.message}`);
    }
  }
  if (!parsed.error?.issues.some((issue) => issue.path[0] === 'config')) {
    try {
      settingsFields(given.config as z.ZodObject);
    } catch (error) {
      problems.push(`config can't be drawn as a form: ${(error as Error).message}`);
    }
  }
  return problems;
}
