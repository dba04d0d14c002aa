import pg from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
  rows: Record<string, unknown>[];
}

type Query = (this: unknown, ...args: unknown[]) => unknown;

/** Every statement that any connection of this process sends while `work` runs, in the order they were sent. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]): unknown {
    const [first, second] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    if (typeof text !== 'string') return original.apply(this, args);
    const values = Array.isArray(second) ? second : ((first as { values?: unknown[] }).values ?? []);
    const statement: Statement = { text, values, rows: [] };
    statements.push(statement);
    const keep = (result: { rows?: Record<string, unknown>[] } | undefined) => {
      statement.rows = result?.rows ?? [];
    };
    const last = args.at(-1);
    if (typeof last === 'function') {
      args[args.length - 1] = (error: unknown, result: { rows?: Record<string, unknown>[] }) => {
        keep(result);
        last(error, result);
      };
      return original.apply(this, args);
    }
    const answer = original.apply(this, args);
    if (!(answer instanceof Promise)) return answer;
    return answer.then((result) => {
      keep(result);
      return result;
    });
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return statements;
}
