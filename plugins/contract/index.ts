/**
 * All that a plugin of Lectern may import. It depends on zod alone and hands it on as `z`, so that a plugin and the
 * application never parse with two different versions of it.
 */
export { z } from 'zod';
export type {
  Assessment,
  BillingCapabilities,
  BillingMode,
  PeriodLine,
  PeriodSnapshot,
  PlaceOutcome,
  PlaceSnapshot,
  PlaceState,
} from './billing.ts';
export {
  type AnyPlugin,
  API_VERSION,
  type BillingPlugin,
  type CheckResult,
  definePlugin,
  type MeetingPlugin,
  type OAuthDefinition,
  type PaymentPlugin,
  type PayrollPlugin,
  type Plugin,
  type PluginDefinition,
  type PluginKind,
  type SetupGuide,
} from './define-plugin.ts';
export type { EffectContext } from './effect-context.ts';
export {
  isPluginError,
  PluginError,
  type PluginErrorCode,
  type PluginErrorOptions,
  pluginErrorCodes,
} from './errors.ts';
export type {
  ConnectedAccount,
  JoinWindow,
  MeetingCapabilities,
  MeetingContext,
  MeetingEvent,
  MeetingHave,
  MeetingProvider,
  MeetingTutor,
  MeetingWant,
  MeetingWebhookResult,
  OwnRoom,
  Participant,
  Presence,
  PresentPerson,
  Provisioned,
} from './meeting.ts';
export type {
  CardFact,
  Checkout,
  Collected,
  PaymentCapabilities,
  PaymentEvent,
  PaymentGateway,
  PaymentWant,
  Refunded,
  RefundWant,
  SavedCardRef,
  WebhookResult,
} from './payment.ts';
export type { PayrollExport, PayrollFile, PayrollLine, PayrollRun, PayrollTutor } from './payroll.ts';
export { readReply, unlessGone } from './reply.ts';
export { isSecret, secret } from './secret.ts';
export type { WebhookRequest } from './webhook.ts';
