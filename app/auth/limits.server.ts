import { CompiledQuery, type Kysely } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DB } from '#db/types.ts';
import { hashToken } from './token.server.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How many tries in how many seconds. Narrow by who and whence, wider by either alone. */
const LIMITS = {
  /** One account from one address: somebody who mistypes. */
  signInPair: { points: 6, duration: 15 * MINUTE },
  /** One account from anywhere: guessing spread over many addresses. Wide, since it also keeps the owner out. */
  signInAccount: { points: 40, duration: HOUR },
  /** Many accounts from one address: a list of leaked passwords. A school behind one address fits. */
  signInAddress: { points: 60, duration: 15 * MINUTE },
  resetAccount: { points: 3, duration: HOUR },
  resetAddress: { points: 20, duration: HOUR },
  /** Links of invitations and resets that are opened or sent. */
  linkAddress: { points: 60, duration: 15 * MINUTE },
  /** The current password, asked for before a change. */
  passwordCheck: { points: 6, duration: 15 * MINUTE },
  /** Times kept on the booking page, from one address and by one guest who looks for the right one. */
  holdAddress: { points: 60, duration: 15 * MINUTE },
  holdToken: { points: 20, duration: 15 * MINUTE },
  /** Bookings without an account, and the mails they send to one address. */
  bookAddress: { points: 20, duration: HOUR },
  bookMail: { points: 5, duration: HOUR },
  /** Enquiries and applications from outside, and the mails they send to one address. */
  formAddress: { points: 20, duration: HOUR },
  formMail: { points: 5, duration: HOUR },
  /** Forms with files that are read, whatever is in them. */
  formRead: { points: 60, duration: 15 * MINUTE },
  /** Messages of one person to the other side: whoever writes to all of their families fits, a script doesn't. */
  messageUser: { points: 60, duration: 15 * MINUTE },
  /** Answers by mail of one person in one conversation: of two programs that answer each other. */
  messageMail: { points: 20, duration: HOUR },
  /** One key: ten calls a second for a minute. */
  apiKey: { points: 600, duration: MINUTE },
  /** Calls with no key, or none that holds, from one address. */
  apiAddress: { points: 60, duration: 15 * MINUTE },
  setupAddress: { points: 30, duration: 15 * MINUTE },
} as const;

export type LimitName = keyof typeof LIMITS;

export interface Try {
  limit: LimitName;
  /** What is counted: an account, an address. Stored as a hash. */
  of: string;
}

const limiters = new WeakMap<Kysely<DB>, Map<LimitName, RateLimiterPostgres>>();

function limiterOn(db: Kysely<DB>, name: LimitName): RateLimiterPostgres {
  const own = limiters.get(db) ?? new Map<LimitName, RateLimiterPostgres>();
  limiters.set(db, own);
  const known = own.get(name);
  if (known) return known;
  const plain = db.withoutPlugins();
  const storeClient = {
    async query({ text, values }: { text: string; values: unknown[] }) {
      const result = await plain.executeQuery<{ expire?: bigint | null }>(CompiledQuery.raw(text, values));
      // The limiter reckons with numbers; our pool reads int8 as bigint.
      const rows = result.rows.map((row) => ({
        ...row,
        expire: row.expire == null ? null : Number(row.expire),
      }));
      return {
        rows,
        rowCount: rows.length || Number(result.numAffectedRows ?? 0),
      };
    },
  };
  const fresh = new RateLimiterPostgres({
    storeClient,
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: name,
    clearExpiredByTimeout: own.size === 0,
    ...LIMITS[name],
  });
  own.set(name, fresh);
  return fresh;
}

/** Counts one try against each limit. The seconds to wait when one of them is used up, else undefined. */
export async function countTry(db: Kysely<DB>, tries: readonly Try[]): Promise<number | undefined> {
  const waits = await Promise.all(
    tries.map(async (one) => {
      try {
        await limiterOn(db, one.limit).consume(keyOf(one));
        return 0;
      } catch (error) {
        if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw error;
      }
    }),
  );
  const longest = Math.max(0, ...waits);
  return longest === 0 ? undefined : longest;
}

/** How much of a limit is used up, of which its caller is told. */
export interface Use {
  limit: number;
  windowSeconds: number;
  remaining: number;
  resetSeconds: number;
  over: boolean;
}

/** Counts one use against a limit. */
export async function countUse(db: Kysely<DB>, one: Try): Promise<Use> {
  const { points, duration } = LIMITS[one.limit];
  const use = (now: RateLimiterRes, over: boolean): Use => ({
    limit: points,
    windowSeconds: duration,
    remaining: Math.max(0, now.remainingPoints),
    resetSeconds: Math.max(1, Math.ceil(now.msBeforeNext / 1000)),
    over,
  });
  try {
    return use(await limiterOn(db, one.limit).consume(keyOf(one)), false);
  } catch (error) {
    if (error instanceof RateLimiterRes) return use(error, true);
    throw error;
  }
}

/** Gives a try back: it was the right person. */
export async function forgiveTry(db: Kysely<DB>, tries: readonly Try[]): Promise<void> {
  await Promise.all(tries.map((one) => limiterOn(db, one.limit).reward(keyOf(one))));
}

export async function forgetTries(db: Kysely<DB>, tries: readonly Try[]): Promise<void> {
  await Promise.all(tries.map((one) => limiterOn(db, one.limit).delete(keyOf(one))));
}

export function waitMessage(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const when = seconds < 60 ? `${seconds} seconds` : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `Too many tries. Please try again in ${when}.`;
}

/** What counts as one address: an IPv4 address, or the /64 network that one IPv6 customer has. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = (ip.split('%', 1)[0] ?? ip).toLowerCase().split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

function keyOf(one: Try): string {
  return hashToken(one.of.trim().toLowerCase());
}
