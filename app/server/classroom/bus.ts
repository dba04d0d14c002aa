import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DB } from '#db/types.ts';

const CHANNEL = 'lectern_classroom';

/** PostgreSQL takes less than 8000 bytes in a notification. */
const MOST_NOTE_BYTES = 7_500;

const note = z.discriminatedUnion('k', [
  /** Somebody came, went, was let in or turned away. */
  z.object({ k: z.literal('people') }),
  /** A message of the protocol for one connection, or (null) for everybody who is in. */
  z.object({ k: z.literal('say'), to: z.string().nullable(), message: z.string() }),
  z.object({ k: z.literal('ended') }),
  /** Something was drawn: itself, or the row it is in. */
  z.object({ k: z.literal('board'), update: z.string().optional(), id: z.string().optional() }),
  z.object({ k: z.literal('awareness'), update: z.string() }),
]);

/** What one web process tells the others of a room. */
export type Note = z.output<typeof note>;

const envelope = z.object({ origin: z.string(), n: z.number(), session: z.string(), note });

export interface Bus {
  /** Tells the other processes, in the order of the calls. Never throws: what is lost is made up for by reading the database. */
  publish(sessionId: string, note: Note): void;
  stop(): Promise<void>;
}

interface BusOptions {
  db: Kysely<DB>;
  databaseUrl: string;
  log: Pick<Logger, 'warn'>;
  now: () => Date;
  onNote(sessionId: string, note: Note): void;
  /** Listening again after a break: anything may have been missed. */
  onResumed(): void;
}

/** Joins the rooms of all web processes by PostgreSQL's LISTEN and NOTIFY. */
export function openBus({ db, databaseUrl, log, now, onNote, onResumed }: BusOptions): Bus {
  const origin = randomUUID();
  let stopped = false;
  let count = 0;
  let waiting: string[] = [];
  let sending: Promise<void> | undefined;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let breaks = 0;
  // One after another: what is fetched from the table keeps its place among the others.
  let reading = Promise.resolve();

  async function listen(): Promise<void> {
    const fresh = new pg.Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'lectern classroom' });
    let over = false;
    const broken = (error?: Error) => {
      if (over) return;
      over = true;
      fresh.end().catch(() => {});
      if (stopped) return;
      log.warn({ err: error }, 'the classroom’s line to the other processes broke');
      retry = setTimeout(listen, Math.min(5_000, 250 * 2 ** breaks++));
    };
    fresh.on('error', broken);
    fresh.on('end', () => broken());
    fresh.on('notification', ({ payload }) => {
      reading = reading.then(() => receive(payload ?? ''));
    });
    client = fresh;
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      breaks = 0;
      onResumed();
    } catch (error) {
      broken(error as Error);
    }
  }

  async function receive(payload: string): Promise<void> {
    try {
      const text = payload.startsWith('#') ? await fetchRelay(payload.slice(1)) : payload;
      if (text === undefined) return;
      const { origin: from, session, note: told } = envelope.parse(JSON.parse(text));
      if (from !== origin) onNote(session, told);
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'the classroom was told something that can’t be read');
    }
  }

  async function fetchRelay(ref: string): Promise<string | undefined> {
    const [from, id = ''] = ref.split('#');
    if (from === origin) return undefined;
    const row = await db.selectFrom('classroomRelay').select('payload').where('id', '=', BigInt(id)).executeTakeFirst();
    return row?.payload.toString('utf8');
  }

  async function send(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const payloads: string[] = [];
        for (const text of batch) payloads.push(Buffer.byteLength(text) > MOST_NOTE_BYTES ? await keepRelay(text) : text);
        await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) with ordinality as t(payload, n) order by n`.execute(
          db,
        );
      } catch (error) {
        if (!stopped) log.warn({ err: error }, 'the other processes could not be told of a classroom');
      }
    }
    sending = undefined;
  }

  async function keepRelay(text: string): Promise<string> {
    const { id } = await db
      .insertInto('classroomRelay')
      .values({ payload: Buffer.from(text, 'utf8'), madeAt: now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    return `#${origin}#${id}`;
  }

  void listen();
  return {
    publish(session, told) {
      if (stopped) return;
      // Numbered, since PostgreSQL makes one of two that are alike.
      waiting.push(JSON.stringify({ origin, n: count++, session, note: told }));
      sending ??= send();
    },
    async stop() {
      await sending;
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}

/** Clears away what every process has read by now. */
export async function forgetRelayed(db: Kysely<DB>, now: Date): Promise<void> {
  await db
    .deleteFrom('classroomRelay')
    .where('madeAt', '<', new Date(now.getTime() - 60_000))
    .execute();
}
