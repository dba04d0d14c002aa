import type { z } from 'zod';

/** What a form's field `json` holds, as its schema has it; the server takes forms alone. @throws ZodError, of what is no JSON too */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = (await request.formData()).get('json');
  let json: unknown;
  try {
    json = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    json = undefined;
  }
  return schema.parse(json);
}
