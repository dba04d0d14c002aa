import { notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';

/** The record a URL names. What is no id names nothing. */
export function recordIdOf(params: { id?: string | undefined }): string {
  if (!isId(params.id)) throw notFound();
  return params.id;
}

/** A get that finds nothing is the page's 404. */
export async function found<T>(record: Promise<T>): Promise<T> {
  try {
    return await record;
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw notFound();
    throw error;
  }
}
