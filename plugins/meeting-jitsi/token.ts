import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { JoinWindow, Participant } from '#plugins/contract/index.ts';

/** Clocks differ; and whoever is thrown out by a bad line in the last minute comes back. */
const LEEWAY_SECONDS = 5 * 60;

type Signer = { alg: 'HS256'; key: Uint8Array } | { alg: 'RS256'; key: KeyObject; kid: string };

/** What a token is made with: the claims that a server looks at, and its key. */
export interface TokenMaker {
  issuer: string;
  /** The server's own name, or the customer's at 8x8. */
  subject: string;
  signer: Signer;
}

/** A key's file, in PKCS #1 or #8, also where a form has made one line of it. */
export function privateKeyOf(text: string): KeyObject {
  const found = /-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s\\n]+?)-----END \1?PRIVATE KEY-----/.exec(text);
  if (!found) throw new Error('no key');
  const der = Buffer.from((found[2] ?? '').replaceAll(/\\n|\s/g, ''), 'base64');
  return createPrivateKey({ key: der, format: 'der', type: found[1] ? 'pkcs1' : 'pkcs8' });
}

/** Why a text can't be the private key, as a sentence; undefined when it can. */
export function keyProblem(text: string): string | undefined {
  try {
    return privateKeyOf(text).asymmetricKeyType === 'rsa' ? undefined : 'The private key must be an RSA key.';
  } catch {
    return 'This is no private key. Paste the whole file, from -----BEGIN to the end.';
  }
}

/** A token for one person and one room, until the session is over. Jitsi wants the values of a user as texts. */
export function tokenFor(maker: TokenMaker, room: string, who: Participant, window: JoinWindow, now: Date): Promise<string> {
  const { signer } = maker;
  const isHost = who.role === 'host';
  const user = {
    id: who.userId,
    name: who.name,
    ...(who.email ? { email: who.email } : {}),
    moderator: String(isHost),
    affiliation: isHost ? 'owner' : 'member',
  };
  const off = { recording: 'false', livestreaming: 'false', transcription: 'false', 'outbound-call': 'false' };
  const seconds = (date: Date) => Math.floor(date.getTime() / 1_000);
  const from = Math.min(seconds(window.opensAt), seconds(now));
  return new SignJWT({ room, context: { user, features: off } })
    .setProtectedHeader({ alg: signer.alg, typ: 'JWT', ...(signer.alg === 'RS256' ? { kid: signer.kid } : {}) })
    .setIssuer(maker.issuer)
    .setAudience('jitsi')
    .setSubject(maker.subject)
    .setNotBefore(from - LEEWAY_SECONDS)
    .setExpirationTime(seconds(window.closesAt) + LEEWAY_SECONDS)
    .sign(signer.key);
}
