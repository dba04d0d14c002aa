import {
  API_VERSION,
  type CheckResult,
  definePlugin,
  isPluginError,
  type MeetingContext,
  type MeetingPlugin,
  type z,
} from '#plugins/contract/index.ts';
import { ask, type Service } from './ask.ts';
import { type Compiled, compile } from './compile.ts';
import { gaps } from './gaps.ts';
import { fetchToken } from './install-token.ts';
import type { DescriptionProblem } from './problem.ts';
import { createProvider } from './provider.ts';
import { settingsSchema, settingValues } from './settings.ts';
import { type Description, description as shape } from './shape.ts';
import { type Path, readSource } from './yaml-source.ts';

export interface DescribedProvider {
  plugin: MeetingPlugin;
  description: Description;
  compiled: Compiled;
  /** How calls of an install with these settings are made. */
  serviceOf(config: Record<string, unknown>): Service;
}

export type Described = { ok: true; provider: DescribedProvider } | { ok: false; problems: DescriptionProblem[] };

/**
 * Turns the description of a meeting provider, YAML by somebody who may not program, into a plugin like any other. What it
 * can't understand it refuses, each problem with its line and reason; it never takes half.
 */
export function describeProvider(source: string): Described {
  const read = readSource(source);
  if (!read.ok) return read;
  const problems: DescriptionProblem[] = [];
  const report = (path: Path, message: string) => {
    problems.push({ line: read.lineOf(path), at: path.map(String).join('.'), message });
  };
  const parsed = shape.safeParse(read.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(issue, report);
    return { ok: false, problems: inOrder(problems) };
  }
  const compiled = compile(parsed.data, report);
  gaps(parsed.data, report);
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  return { ok: true, provider: pluginOf(parsed.data, compiled) };
}

const inOrder = (problems: DescriptionProblem[]) => problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));

function reportIssue(issue: z.core.$ZodIssue, report: (path: Path, message: string) => void, above: Path = []): void {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) report([...path, key], issue.message);
    return;
  }
  if (issue.code === 'invalid_union') {
    // Of several ways to write it: the one that was begun, told by its keys.
    const begun = issue.errors.filter(
      (errors) => !errors.some((error) => error.path.length === 0 && error.code !== 'unrecognized_keys'),
    );
    const nearest = begun.sort((a, b) => a.length - b.length)[0];
    if (nearest) for (const error of nearest) reportIssue(error, report, path);
    else report(path, issue.message);
    return;
  }
  report(path, issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : wordsOf(issue));
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return `must be a ${issue.expected}`;
  return issue.message.replace(/\.$/, '');
}

function pluginOf(description: Description, compiled: Compiled): DescribedProvider {
  const { id, version, name, auth, settings, capabilities, guide, unproven, atOnce } = description;
  const secretFields = Object.entries(settings).flatMap(([field, { type }]) => (type === 'secret' ? [field] : []));

  function serviceOf(config: Record<string, unknown>): Service {
    const values = settingValues(settings, config);
    const secrets = secretFields.map((field) => String(values[field] ?? '')).filter((secret) => secret.length >= 4);
    const text = (key: keyof Compiled['auth']) => compiled.auth[key]?.({ settings: values }) ?? '';
    const host = /^https:\/\/\$\{settings\.(\w+)\}/.exec(description.base ?? '')?.[1];
    const base = (description.base ?? '').replace(/\$\{settings\.\w+\}/, host ? String(values[host]) : '').replace(/\/+$/, '');
    return {
      name,
      base,
      renews: auth !== 'none' && 'clientCredentials' in auth,
      errors: compiled.errors,
      settings: values,
      mask: (said) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '•••'), said),
      async authorise(ctx: MeetingContext, rejected?: string) {
        if (auth === 'none') return { headers: {} };
        if ('header' in auth) return { headers: { [auth.header.toLowerCase()]: text('value') } };
        if ('basic' in auth) {
          const pair = Buffer.from(`${text('user')}:${text('password')}`).toString('base64');
          return { headers: { authorization: `Basic ${pair}` } };
        }
        const token = await ctx.accessToken(rejected);
        return { headers: { authorization: `Bearer ${token}` }, token };
      },
    };
  }

  const plugin: MeetingPlugin = definePlugin({
    kind: 'meeting',
    ...{ id, version, name, capabilities, atOnce },
    apiVersion: API_VERSION,
    description: description.description,
    config: settingsSchema(settings),
    configVersion: 1,
    capabilities: { ...capabilities, auth: auth === 'none' ? 'none' : 'install' },
    hosts: (config) => hostsOf(description, config),
    ...(guide ? { guide: { steps: guide, ...(unproven ? { unproven } : {}) } } : {}),
    ...(auth !== 'none' && 'clientCredentials' in auth
      ? {
          installToken: (ctx, config) => fetchToken(ctx, name, auth.clientCredentials, compiled, settingValues(settings, config)),
        }
      : {}),
    ...(compiled.operations.check ? { check: (ctx, config) => runCheck(ctx, name, compiled, serviceOf(config)) } : {}),
    create: (config) => createProvider(description, compiled, serviceOf(config)),
  });
  return { plugin, description, compiled, serviceOf };
}

function hostsOf({ base, auth }: Description, config: Record<string, unknown>): string[] {
  const addresses = [base, auth !== 'none' && 'clientCredentials' in auth ? auth.clientCredentials.tokenUrl : undefined];
  return addresses.flatMap((address) => {
    const [, host, field] = /^https:\/\/(\$\{settings\.(\w+)\}|[^/$]+)/.exec(address ?? '') ?? [];
    if (!host) return [];
    return [field ? String(config[field]).toLowerCase() : host];
  });
}

async function runCheck(ctx: MeetingContext, name: string, compiled: Compiled, service: Service): Promise<CheckResult> {
  const call = compiled.operations.check?.call;
  if (!call) return { ok: true, message: `${name} needs no account.` };
  try {
    const answer = await ask(ctx, service, call, { settings: service.settings });
    const message = compiled.checkMessage?.({ settings: service.settings, now: ctx.now(), ...answer });
    return { ok: true, message: message ?? `${name} accepts the settings.` };
  } catch (error) {
    if (!isPluginError(error)) throw error;
    return { ok: false, message: error.publicMessage };
  }
}
