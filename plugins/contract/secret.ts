import { z } from 'zod';

/**
 * A setting that must stay secret: sealed before it is stored, never sent to a browser, masked in logs. In the form an
 * empty field keeps what is saved.
 *
 * @param title what the field is called on the settings page
 * @param description where a person finds it ("Zoom App Marketplace, your app, Credentials")
 */
export function secret(title: string, description?: string) {
  return z
    .string()
    .trim()
    .min(1, `${title} is needed.`)
    .meta({
      title,
      secret: true,
      format: 'password',
      ...(description ? { description } : {}),
    });
}

/** Whether a field of a config schema, optional or with a default, was made by `secret`. */
export function isSecret(schema: z.core.$ZodType): boolean {
  // zod keeps its registry on globalThis, so a plugin's own copy of zod registers in the same one.
  if (z.globalRegistry.get(schema as z.ZodType)?.secret === true) return true;
  const inner = (schema._zod.def as { innerType?: z.core.$ZodType }).innerType;
  return inner ? isSecret(inner) : false;
}
