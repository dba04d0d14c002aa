import type { BillingPlugin, MeetingPlugin, PaymentPlugin, PayrollPlugin } from '#plugins/contract/index.ts';

type Load<P> = () => Promise<{ plugin: P }>;

export interface PluginManifest {
  billing: Load<BillingPlugin>[];
  meeting: Load<MeetingPlugin>[];
  payment?: Load<PaymentPlugin>[];
  payroll?: Load<PayrollPlugin>[];
}

/**
 * The plugins of this installation, one line each: a folder of plugins/ or a package from npm.
 * They are checked together at boot; a problem is reported with its line here.
 */
export const plugins: PluginManifest = {
  billing: [
    () => import('#plugins/billing-credits/index.ts'),
    () => import('#plugins/billing-invoicing/index.ts'),
    () => import('#plugins/billing-none/index.ts'),
    () => import('#plugins/billing-subscription/index.ts'),
  ],
  meeting: [
    () => import('#plugins/meeting-classroom/index.ts'),
    () => import('#plugins/meeting-jitsi/index.ts'),
    () => import('#plugins/meeting-link/index.ts'),
    () => import('#plugins/meeting-in-person/index.ts'),
    () => import('#plugins/meeting-zoom/index.ts'),
    () => import('#plugins/meeting-google/index.ts'),
  ],
  payment: [() => import('#plugins/payment-stripe/index.ts')],
  payroll: [() => import('#plugins/payroll-csv/index.ts')],
};
