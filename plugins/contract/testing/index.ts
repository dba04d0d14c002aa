/** The suites that every plugin runs in its own test file. They need vitest, and fast-check for billing modes. */
export { meetingAttempt } from './attempt.ts';
export { testBillingMode } from './billing-mode.ts';
export {
  type FakeMeetingServer,
  type MeetingFault,
  noServer,
} from './fake-server.ts';
export { testMeetingProvider } from './meeting-provider.ts';
export {
  type CardBehaviour,
  type FakePaymentServer,
  testPaymentGateway,
} from './payment-gateway.ts';
export { testPayrollExport } from './payroll-export.ts';
export type { SignedWebhook } from './signed-webhook.ts';
