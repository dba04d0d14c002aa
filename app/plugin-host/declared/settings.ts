import { secret, z } from '#plugins/contract/index.ts';
import type { Description, SettingDescription } from './shape.ts';

/** The zod object of a description's settings: it draws the form and parses what was typed, as for a plugin in code. */
export function settingsSchema(settings: Description['settings']): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries(settings).map(([name, field]) => [name, schemaOf(field)])));
}

function schemaOf(field: SettingDescription): z.ZodType {
  if (field.type === 'secret') {
    const schema = secret(field.title, field.description);
    return field.optional ? schema.optional() : schema;
  }
  const meta = { title: field.title, ...(field.description ? { description: field.description } : {}) };
  if (field.type === 'boolean') return z.boolean().default(field.default).meta(meta);
  if (field.type === 'choice') {
    const values = Object.keys(field.options);
    const schema = z.enum(values, `Choose a ${field.title}.`);
    return open(schema, field).meta({ ...meta, options: field.options });
  }
  return open(plainSchema(field), field).meta(meta);
}

function plainSchema(field: Exclude<SettingDescription, { type: 'secret' | 'boolean' | 'choice' }>): z.ZodType {
  const needed = `${field.title} is needed.`;
  switch (field.type) {
    case 'number': {
      let number = z.number(`${field.title} must be a number.`);
      if (field.whole) number = number.int(`${field.title} must be a whole number.`);
      if (field.min !== undefined) number = number.min(field.min);
      if (field.max !== undefined) number = number.max(field.max);
      return number;
    }
    case 'host':
      return z.string(needed).regex(z.regexes.domain, 'Enter a host name like rooms.example.com, without https://.');
    case 'url':
      return z.url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'Enter an address that starts with https://.' });
    case 'text':
      return z
        .string(needed)
        .trim()
        .min(1, needed)
        .max(field.maxLength ?? 500);
  }
}

/** Optional, or with its default. */
function open(schema: z.ZodType, field: Exclude<SettingDescription, { type: 'secret' | 'boolean' }>): z.ZodType {
  if (field.default !== undefined) return schema.default(field.default);
  return field.optional ? schema.optional() : schema;
}

/** The settings as expressions see them: one that was left out is null. */
export function settingValues(settings: Description['settings'], config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(settings).map((name) => [name, config[name] ?? null]));
}
