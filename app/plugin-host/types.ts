import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type {
  AnyPlugin,
  BillingCapabilities,
  BillingMode,
  CheckResult,
  EffectContext,
  MeetingCapabilities,
  MeetingContext,
  MeetingProvider,
  PaymentCapabilities,
  PaymentGateway,
  PayrollExport,
  PluginKind,
} from '#plugins/contract/index.ts';
import type { Grant } from './token-endpoint.server.ts';

export type { Grant } from './token-endpoint.server.ts';

export type { CheckResult };

type Db = Kysely<DB>;

/** Something wrong with a line of config/plugins.ts or with an install's saved settings. */
export interface PluginProblem {
  /** The plugin's id, or the name of its folder or package where it could not be read. */
  plugin: string;
  kind: PluginKind;
  /** "config/plugins.ts:17" */
  where: string;
  message: string;
}

export interface LoadedPlugin {
  plugin: AnyPlugin;
  where: string;
}

/** What config/plugins.ts names, validated. Problems left in it are those of effect plugins, which only degrade. */
export interface Registry {
  plugins: ReadonlyMap<string, LoadedPlugin>;
  problems: readonly PluginProblem[];
}

export type SavedState = 'enabled' | 'test' | 'disabled';
export type InstallState = SavedState | 'degraded' | 'orphaned';

export interface InstallView {
  id: string;
  pluginId: string;
  kind: PluginKind;
  name: string;
  state: InstallState;
  /** What a person set, whatever became of it. */
  savedState: SavedState;
  /** Something new (a client, a session) may be given to it. */
  usable: boolean;
  /** Why it is degraded or orphaned, and what to do, for a person. */
  problem: string | null;
  /** The last failure it reported itself. */
  lastError: string | null;
  description: string;
  isDefault: boolean;
  capabilities: MeetingCapabilities | null;
  /** Lengths it takes, and minutes its sessions begin at; null: any. */
  durations: number[] | null;
  gridMinutes: number | null;
  updatedAt: Date;
}

export interface ReadyMeetingProvider {
  install: InstallView;
  provider: MeetingProvider;
  capabilities: MeetingCapabilities;
  /**
   * What a call is made with; `effect` makes its idempotency key. With `account`, the id of a tutor's `provider_connection`, it acts
   * for that account; without one for the company's. `atClick`: a person waits for it, so it ends after some seconds.
   */
  context(effect: string, account?: string | null, options?: { atClick?: boolean }): MeetingContext;
  /** One harmless call that shows whether the settings are good; undefined where the plugin has none. */
  check: (() => Promise<CheckResult>) | undefined;
  /** Tutors connect accounts of their own here. */
  tutorsConnect: boolean;
  /** Takes the install's secrets out of a text before it is stored or shown. */
  mask(text: string): string;
  /** The unguessable code of one session at this install, the same at every call. */
  code(sessionId: string): string;
}

export interface ReadyPaymentGateway {
  install: InstallView;
  gateway: PaymentGateway;
  capabilities: PaymentCapabilities;
  /** What a call is made with; `effect` makes its idempotency key. */
  context(effect: string): EffectContext;
  /** Takes the install's secrets out of a text before it is stored or shown. */
  mask(text: string): string;
}

/** How tutors connect accounts of their own at an install. What is secret leaves it sealed. */
export interface TutorAccounts {
  install: InstallView;
  /** A room is always on a tutor's account there. False: the company's is taken where a tutor has none. */
  needed: boolean;
  /** False while the application's id and secret are not in the settings. */
  open: boolean;
  scopes: readonly { scope: string; why: string }[];
  /** Where the browser is sent, and the sealed verifier that the way back is proved with. */
  begin(input: { redirectUri: string; state: string; stateHash: string }): Promise<{ url: URL; verifier: string }>;
  /** @throws PluginError auth_expired when the code is not good, config_invalid when the application is not known */
  exchange(input: { parameters: URLSearchParams; redirectUri: string; stateHash: string; verifier: string }): Promise<Grant>;
  /** Whose account it is. */
  identify(grant: Pick<Grant, 'accessToken' | 'scopes'>): Promise<{ ref: string; label: string }>;
  /** What is stored of a connection. */
  sealTokens(connectionId: string, grant: Pick<Grant, 'accessToken' | 'refreshToken'>): string;
  /** Gives a token of `tokensToRevoke` back; one that is not known any more is a success. */
  revoke(sealed: string): Promise<void>;
}

export interface PluginHost {
  registry: Registry;
  /** Throws a PluginError when the code is gone or the settings can't be read. Disabled modes still bill what they have. */
  billingMode(db: Db, installId: string): Promise<BillingMode>;
  /** What a billing install's mode is; undefined when its code is gone. */
  billingCapabilities(pluginId: string): BillingCapabilities | undefined;
  /** The billing plugins that are paid for so, by their ids: for a query that looks at installs in the database. */
  billingPluginIds(pays: BillingCapabilities['pays']): string[];
  /** The first billing install that is paid for so, one that can be used before others; throws DomainError not_found. */
  billingInstallPaying(db: Db, pays: BillingCapabilities['pays']): Promise<string>;
  /**
   * Throws a PluginError that says why when it is disabled, degraded or orphaned. With `disabledToo` one that is disabled can be
   * tried before it is enabled, finishes what it began, and hears what its provider tells of it.
   */
  meetingProvider(db: Db, installId: string, options?: { disabledToo?: boolean }): Promise<ReadyMeetingProvider>;
  /**
   * Throws a PluginError that says why when it is disabled, degraded or orphaned. With `disabledToo` a disabled one
   * finishes what it began.
   */
  paymentGateway(db: Db, installId: string, options?: { disabledToo?: boolean }): Promise<ReadyPaymentGateway>;
  /** Throws a PluginError that says why when it is disabled, degraded or orphaned. */
  payrollExport(db: Db, installId: string): Promise<{ install: InstallView; exporter: PayrollExport }>;
  /** How tutors connect accounts there; undefined where they don't. Throws a PluginError when it can't be used. */
  tutorAccounts(db: Db, installId: string): Promise<TutorAccounts | undefined>;
  /** The tokens of an account that is given up, sealed anew for the job that tells the provider; none where they can't be opened. */
  tokensToRevoke(of: { connectionId: string; installId: string; tokens: string }): string[];
  listInstalls(db: Db, kind?: PluginKind): Promise<InstallView[]>;
  findInstall(db: Db, installId: string): Promise<InstallView | undefined>;
  /** The organisation's default, else the first usable one. */
  defaultInstall(db: Db, kind: PluginKind): Promise<InstallView | undefined>;
  readiness(db: Db): Promise<{
    degraded: { installId: string; name: string; reason: string }[];
  }>;
}
