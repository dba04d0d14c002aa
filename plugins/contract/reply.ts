import type { z } from 'zod';
import { isPluginError, PluginError } from './errors.ts';

/**
 * A provider's JSON reply as it was promised; anything else fails closed.
 * @param service what a person knows the provider by ("Zoom")
 * @throws PluginError contract_violation
 */
export async function readReply<Schema extends z.ZodType>(
  service: string,
  schema: Schema,
  response: Response,
): Promise<z.output<Schema>> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    if (isPluginError(error)) throw error;
    throw new PluginError('contract_violation', `${service} sent something that can’t be read.`, { cause: error });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new PluginError('contract_violation', `${service} sent something that is not what it promises.`, { cause: parsed.error });
}

/** What is gone at the provider is no failure: undefined in its place. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isPluginError(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}
