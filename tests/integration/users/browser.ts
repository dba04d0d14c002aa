import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import type { TestContext } from '#tests/setup/context.ts';

interface Visit {
  path?: string;
  cookie?: string | undefined;
  ip?: string;
  params?: Record<string, string>;
  form?: Record<string, string | string[]>;
  /** Of a form with files. */
  files?: Record<string, File[]>;
}

type Answer = { status: number; location: string | null; cookie: string | undefined; headers: Headers; body: unknown };
type Handler = (args: LoaderFunctionArgs & ActionFunctionArgs) => unknown;

let visits = 0;

/** Calls a route's loader or action as the server does, and says what the browser would see. */
export async function visit(ctx: TestContext, handler: unknown, visit: Visit = {}): Promise<Answer> {
  const headers = new Headers({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
  if (visit.cookie !== undefined) headers.set('Cookie', visit.cookie);
  const url = `${ctx.config.origin}${visit.path ?? '/'}`;
  const request =
    visit.form === undefined
      ? new Request(url, { headers })
      : new Request(url, {
          method: 'POST',
          headers,
          body: visit.files ? withFiles(visit.form, visit.files) : bodyOf(visit.form),
        });
  const context: AppLoadContext = {
    ...ctx,
    requestId: `visit-${visits++}`,
    cspNonce: '',
    clientIp: visit.ip ?? '192.0.2.7',
  };
  try {
    return await read(await (handler as Handler)({ request, context, params: visit.params ?? {} }));
  } catch (thrown) {
    if (thrown instanceof Response) return read(thrown);
    throw thrown;
  }
}

function bodyOf(form: Record<string, string | string[]>): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
  return body;
}

function withFiles(form: Record<string, string | string[]>, files: Record<string, File[]>): FormData {
  const body = new FormData();
  for (const [name, value] of bodyOf(form)) body.append(name, value);
  for (const [name, all] of Object.entries(files)) for (const file of all) body.append(name, file);
  return body;
}

async function read(answer: unknown): Promise<Answer> {
  if (answer instanceof Response) {
    return { ...headOf(answer.status, answer.headers), body: await answer.text() };
  }
  if (typeof answer === 'object' && answer !== null && 'data' in answer && 'init' in answer) {
    const init = (answer.init ?? {}) as ResponseInit;
    return { ...headOf(init.status ?? 200, new Headers(init.headers)), body: answer.data };
  }
  return { ...headOf(200, new Headers()), body: answer };
}

function headOf(status: number, headers: Headers) {
  const cookie = headers.get('Set-Cookie')?.split(';', 1)[0];
  return { status, location: headers.get('Location'), cookie, headers };
}
