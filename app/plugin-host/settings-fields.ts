import { z } from '#plugins/contract/index.ts';

interface FieldBase {
  name: string;
  label: string;
  description: string | null;
  required: boolean;
}

export type SettingsField = FieldBase &
  (
    | { type: 'text' | 'url'; default: string | null; maxLength: number | null }
    | {
        type: 'number';
        default: number | null;
        integer: boolean;
        min: number | null;
        max: number | null;
      }
    | { type: 'boolean'; default: boolean }
    | {
        type: 'choice';
        default: string | null;
        options: { value: string; label: string }[];
      }
    | { type: 'secret' }
  );

interface PropertySchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  options?: Record<string, string>;
  format?: string;
  secret?: boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

/**
 * The fields of a plugin's settings page, out of its zod object by way of JSON Schema. One level of texts, numbers,
 * yes-or-no, choices and secrets; anything else throws, naming the field.
 */
export function settingsFields(config: z.ZodObject): SettingsField[] {
  const schema = z.toJSONSchema(config, {
    io: 'input',
    unrepresentable: 'throw',
  });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property as PropertySchema, required.has(name)),
  );
}

function fieldOf(name: string, property: PropertySchema, required: boolean): SettingsField {
  const base = {
    name,
    label: property.title ?? labelOf(name),
    description: property.description ?? null,
    required,
  };
  if (property.secret) {
    if (property.type !== 'string') throw new Error(`the field "${name}" is secret, so it must be a text`);
    return { ...base, type: 'secret' };
  }
  if (property.type === 'string' && property.enum) {
    const options = property.enum.map((value) => ({
      value,
      label: property.options?.[value] ?? labelOf(value),
    }));
    return {
      ...base,
      type: 'choice',
      default: textOrNull(property.default),
      options,
    };
  }
  if (property.type === 'string') {
    return {
      ...base,
      type: property.format === 'uri' ? 'url' : 'text',
      default: textOrNull(property.default),
      maxLength: property.maxLength ?? null,
    };
  }
  if (property.type === 'number' || property.type === 'integer') {
    return {
      ...base,
      type: 'number',
      default: typeof property.default === 'number' ? property.default : null,
      integer: property.type === 'integer',
      min: safeBound(property.minimum),
      max: safeBound(property.maximum),
    };
  }
  if (property.type === 'boolean') return { ...base, type: 'boolean', default: property.default === true };
  throw new Error(`the field "${name}" must be a text, a number, a yes-or-no, a choice or a secret`);
}

/** "baseUrl" and "base_url" are both "Base url". */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

/** zod says the largest safe integer where it means no bound. */
const safeBound = (value: number | undefined) =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
