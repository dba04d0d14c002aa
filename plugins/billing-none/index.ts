import { type BillingMode, definePlugin, z } from '#plugins/contract/index.ts';

export const plugin = definePlugin({
  kind: 'billing',
  id: 'billing-none',
  apiVersion: 1,
  version: '1.0.0',
  name: 'No billing',
  description:
    'A mark for the records: sessions are planned, taught and closed out, tutors are paid, and nothing is charged. For pilots, scholarships and lessons that a grant pays for.',
  config: z.object({}),
  configVersion: 1,
  capabilities: { pays: 'elsewhere', importName: 'none' },
  hosts: [],
  create: (): BillingMode => ({
    assess: () => ({ targets: {}, leftOut: 'billing_none' }),
    explain: () => 'This family is not billed: the session is kept for the records, and nothing is charged.',
  }),
});
