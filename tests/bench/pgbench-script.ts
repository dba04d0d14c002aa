import type { Statement } from './recorder.ts';

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export interface ScriptOptions {
  /** Ids of the recording that stand for something of the client's: its tutor, its student. SQL in place of each. */
  own: ReadonlyMap<string, string>;
  /** When it was recorded: times of that day are "now", and stay. */
  recordedAt: Date;
}

/**
 * The statements of one booking as a script for pgbench: each client books its own tutor and student, each time two
 * hours later. Two recordings of the same say what belongs to the booking: it differs between them. Ids that the
 * database made are taken from its answers, ids that the application made are made anew.
 */
export function pgbenchScript(one: readonly Statement[], other: readonly Statement[], options: ScriptOptions): string {
  if (one.length !== other.length || one.some((statement, i) => statement.text !== other[i]?.text)) {
    throw new Error(`two bookings sent different statements (${one.length} and ${other.length})`);
  }
  const known = new Map(options.own);
  const asked = new Set<number>();
  const lines = one.map((statement, i) => {
    const literals = statement.values.map((value, k) => {
      const text = serialised(value);
      if (text === null) return 'NULL';
      const differs = text !== serialised(other[i]?.values[k]);
      return differs ? varying(text, known, one, i, asked, options) : literal(text);
    });
    return safeText(statement.text).replace(/\$(\d+)/g, (_, n) => literals[Number(n) - 1] ?? 'NULL');
  });
  const script = lines.map((line, i) => (asked.has(i) ? `${line}\n\\gset r${i}_` : `${line};`));
  return ['\\set n :n + 1', ...script].join('\n');
}

function varying(
  text: string,
  known: Map<string, string>,
  statements: readonly Statement[],
  at: number,
  asked: Set<number>,
  options: ScriptOptions,
): string {
  const ids = [...new Set(text.match(UUID) ?? [])];
  for (const id of ids) if (!known.has(id)) known.set(id, sourceOf(id, statements, at, asked) ?? fresh(known.size));
  if (ids.length === 1 && ids[0] === text) return `(${known.get(text)})`;
  if (ids.length > 0) {
    const replaced = ids.reduce((sql, id) => `replace(${sql}, '${id}', (${known.get(id)})::text)`, literal(text));
    return isJson(text) ? `(${replaced})::jsonb` : replaced;
  }
  const items = text.startsWith('{"') ? text.slice(2, -2).split('","') : [];
  const times = items.map((item) => laterTime(item, options.recordedAt));
  if (times.length > 0 && times.every((time) => time !== undefined)) return `ARRAY[${times.join(', ')}]`;
  return laterTime(text, options.recordedAt) ?? literal(text);
}

/** A day or a time of the booking, moved on with each booking; "now" stays. */
function laterTime(text: string, recordedAt: Date): string | undefined {
  const [, date, time, offset] = TIME.exec(text) ?? [];
  if (!date || Math.abs(Date.parse(date) - recordedAt.getTime()) < 2 * 86_400_000) return undefined;
  const type = time === undefined || offset === undefined ? 'timestamp' : 'timestamptz';
  const later = `(${literal(text)}::${type} + make_interval(hours => 2 * :n::int))`;
  return time === undefined ? `${later}::date` : later;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** An id in an earlier answer of one row comes from there. */
function sourceOf(id: string, statements: readonly Statement[], before: number, asked: Set<number>): string | undefined {
  for (let i = 0; i < before; i++) {
    const rows = statements[i]?.rows ?? [];
    const [row] = rows;
    const column = row && rows.length === 1 ? Object.keys(row).find((name) => row[name] === id) : undefined;
    if (column === undefined) continue;
    asked.add(i);
    return `:r${i}_${column}::uuid`;
  }
  return undefined;
}

const fresh = (n: number) => `md5('fresh ${n} ' || :client_id::text || ' ' || :n::text)::uuid`;

/** As the driver writes a value. */
function serialised(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    const items = value.map((item) => {
      const text = serialised(item);
      return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
    });
    return `{${items.join(',')}}`;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** pgbench takes a colon before a letter or digit for a variable of its own, in quotes too. */
function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a').replaceAll('\n', '\\n')}'`;
}

function safeText(text: string): string {
  return text
    .trim()
    .replace(/;$/, '')
    .replace(/'(?:[^']|'')*'/g, (quoted) =>
      quoted.includes(':') ? `E${quoted.replaceAll('\\', '\\\\').replaceAll(':', '\\x3a')}` : quoted,
    );
}
