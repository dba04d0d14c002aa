import { hash, verify } from '@node-rs/argon2';

// argon2id (the package's default) with OWASP's first choice: 19 MiB, two passes, one lane.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of no password: what an unknown address is checked against, so that it takes as long as a known one. */
let noPassword: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), OPTIONS);
}

/** True when the password fits. Without a stored hash it does the same work and says false. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  noPassword ??= hashPassword(crypto.randomUUID());
  const fits = await verify(stored ?? (await noPassword), password.normalize('NFKC'));
  return stored !== undefined && fits;
}
