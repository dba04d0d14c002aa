import type { z } from 'zod';

/** The body of a request as its schema has it. @throws ZodError, of a body that is no JSON too */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await request.json().catch(() => undefined));
}
