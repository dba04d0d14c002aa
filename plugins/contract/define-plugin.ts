import type { z } from 'zod';
import type { BillingCapabilities, BillingMode } from './billing.ts';
import type { EffectContext } from './effect-context.ts';
import type { MeetingCapabilities, MeetingContext, MeetingProvider } from './meeting.ts';
import type { PaymentCapabilities, PaymentGateway } from './payment.ts';
import type { PayrollExport } from './payroll.ts';

/** Goes up only when a plugin written for the former one no longer runs. */
export const API_VERSION = 1;

interface Kinds {
  billing: { instance: BillingMode; capabilities: BillingCapabilities };
  meeting: { instance: MeetingProvider; capabilities: MeetingCapabilities };
  payment: { instance: PaymentGateway; capabilities: PaymentCapabilities };
  payroll: { instance: PayrollExport; capabilities: Record<string, never> };
}

export type PluginKind = keyof Kinds;

/** A right that is asked for at the provider, and what it is for, in words for the tutor. */
export interface OAuthScope {
  scope: string;
  why: string;
}

/** How a tutor connects an account of their own (authorisation code with PKCE); the host does all of it. */
export interface OAuthDefinition<Config> {
  authorizeUrl: string;
  tokenUrl: string;
  /** Told when a tutor disconnects; undefined where there is no such address. */
  revokeUrl?: string;
  /** What is asked for, each with the reason that the tutor reads before connecting ("to make a meeting for each session"). */
  scopes: readonly OAuthScope[] | ((config: Config) => readonly OAuthScope[]);
  /** The application's own id and secret, from the settings; undefined while they are not typed in: nobody can connect yet. */
  client(config: Config): { id: string; secret: string } | undefined;
  /** How the secret is sent to `tokenUrl`. */
  clientAuth: 'basic' | 'post';
  /** Sent to `authorizeUrl` beside what the standard says. */
  authorizeParams?: Readonly<Record<string, string>>;
  /** Whose account it is, asked right after connecting with `ctx.accessToken()`. */
  identify(ctx: MeetingContext, config: Config): Promise<{ ref: string; label: string }>;
}

export interface CheckResult {
  ok: boolean;
  /** A sentence for whoever pressed the button: what was found, or what is wrong and what to do. No secret in it. */
  message: string;
}

/** What an administrator does at the provider, shown on the settings page beside the fields. */
export interface SetupGuide {
  /**
   * One step each, in order. `{webhookUrl}` and `{callbackUrl}` become this installation's own addresses, to be copied; what stands
   * between backticks is shown as it is typed at the provider.
   */
  steps: readonly string[];
  /** Said on the page until somebody has run it: "Not yet run against a live account." */
  unproven?: string;
}

export interface PluginDefinition<Kind extends PluginKind, Config extends z.ZodObject> {
  kind: Kind;
  /** Lowercase letters, digits and dashes; never changes: installs, rooms and postings refer to it. */
  id: string;
  apiVersion: number;
  /** The plugin's own version. */
  version: string;
  /** What a person reads in the list of plugins. */
  name: string;
  /** Two or three sentences on the settings page: what it does, for whom, and what it needs. */
  description: string;
  /** Draws the form and parses what was typed. Must be representable as JSON Schema; one level of fields. */
  config: Config;
  /** Goes up when saved settings of the former version no longer parse. */
  configVersion: number;
  /** Brings settings saved under `from` to the present version; secrets are handed over opened. */
  migrateConfig?(settings: Record<string, unknown>, from: number): Record<string, unknown>;
  capabilities: Kinds[Kind]['capabilities'];
  /** What the settings change in `capabilities`, where it depends on them: whose account, or whether the provider tells who came. */
  capabilitiesWith?(config: z.output<Config>): Partial<Kinds[Kind]['capabilities']>;
  /** The hosts that `ctx.http` may call ("api.zoom.us"); known only from the settings where a customer runs their own. */
  hosts: readonly string[] | ((config: z.output<Config>) => readonly string[]);
  /** Accounts of tutors: of meeting providers whose `auth` is `per_tutor` or `either`. */
  oauth?: OAuthDefinition<z.output<Config>>;
  /** Fetches the company's own token, where the provider hands them out for a while; kept sealed by the host until it ends. */
  installToken?(ctx: EffectContext, config: z.output<Config>): Promise<{ accessToken: string; expiresInSeconds: number }>;
  /** The button on the settings page: one harmless call that shows whether the settings are good. */
  check?(ctx: MeetingContext, config: z.output<Config>): Promise<CheckResult>;
  guide?: SetupGuide;
  /** Calls to the provider at once, over all processes; 4 where it is not said. */
  atOnce?: number;
  /** The instance for one install. Cheap and without effects: it is called whenever the settings change. */
  create(config: z.output<Config>): Kinds[Kind]['instance'];
}

/** A plugin: the definition, frozen. Plain data and functions; no class, no container. */
export type Plugin<Kind extends PluginKind, Config extends z.ZodObject> = Readonly<PluginDefinition<Kind, Config>>;

/**
 * Says what a plugin is, with its types inferred from `kind` and `config`. It checks nothing but types: the host
 * validates all plugins of `config/plugins.ts` together at boot, to name every problem at once.
 */
export function definePlugin<Kind extends PluginKind, Config extends z.ZodObject>(
  definition: PluginDefinition<Kind, Config>,
): Plugin<Kind, Config> {
  return Object.freeze(definition);
}

// biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
export type BillingPlugin = Plugin<'billing', any>;
// biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
export type MeetingPlugin = Plugin<'meeting', any>;
// biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
export type PaymentPlugin = Plugin<'payment', any>;
// biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
export type PayrollPlugin = Plugin<'payroll', any>;
export type AnyPlugin = BillingPlugin | MeetingPlugin | PaymentPlugin | PayrollPlugin;
