import type { z } from 'zod';
import * as bookingReceived from './booking-received/data.ts';
import * as bookingRequest from './booking-request/data.ts';
import type { CalendarFile } from './calendar-file.ts';
import * as clearanceChecked from './clearance-checked/data.ts';
import * as clearancesExpiring from './clearances-expiring/data.ts';
import * as closeOutSentBack from './close-out-sent-back/data.ts';
import * as closeOutsOverdue from './close-outs-overdue/data.ts';
import * as connectionEnded from './connection-ended/data.ts';
import * as conversationMessage from './conversation-message/data.ts';
import * as creditsExpiring from './credits-expiring/data.ts';
import * as creditsLow from './credits-low/data.ts';
import * as engagementsIdle from './engagements-idle/data.ts';
import * as feedbackRequest from './feedback-request/data.ts';
import * as formReceived from './form-received/data.ts';
import * as formToOffice from './form-to-office/data.ts';
import * as guestLink from './guest-link/data.ts';
import * as invitation from './invitation/data.ts';
import * as invoice from './invoice/data.ts';
import * as invoiceReminder from './invoice-reminder/data.ts';
import * as invoiceRunWaits from './invoice-run-waits/data.ts';
import * as offer from './offer/data.ts';
import * as payStatement from './pay-statement/data.ts';
import * as payment from './payment/data.ts';
import * as placeOffered from './place-offered/data.ts';
import * as proForma from './pro-forma/data.ts';
import * as reset from './reset/data.ts';
import * as scheduleChanged from './schedule-changed/data.ts';
import * as sessionCancelled from './session-cancelled/data.ts';
import * as sessionChanged from './session-changed/data.ts';
import * as sessionConfirmed from './session-confirmed/data.ts';
import * as sessionReminder from './session-reminder/data.ts';
import * as sessionStarted from './session-started/data.ts';
import * as sessionStartedInvited from './session-started-invited/data.ts';
import * as sessionSummary from './session-summary/data.ts';
import * as statement from './statement/data.ts';
import * as timeOffDecided from './time-off-decided/data.ts';
import type { MailWords } from './words.ts';

export const mailTemplates = {
  invitation,
  reset,
  'session-confirmed': sessionConfirmed,
  'session-changed': sessionChanged,
  'session-cancelled': sessionCancelled,
  'session-reminder': sessionReminder,
  'session-started': sessionStarted,
  'session-summary': sessionSummary,
  'session-started-invited': sessionStartedInvited,
  'invoice-run-waits': invoiceRunWaits,
  'schedule-changed': scheduleChanged,
  invoice,
  payment,
  'pay-statement': payStatement,
  'place-offered': placeOffered,
  offer,
  'booking-request': bookingRequest,
  'credits-low': creditsLow,
  'credits-expiring': creditsExpiring,
  'engagements-idle': engagementsIdle,
  'clearances-expiring': clearancesExpiring,
  'clearance-checked': clearanceChecked,
  'connection-ended': connectionEnded,
  'close-out-sent-back': closeOutSentBack,
  'close-outs-overdue': closeOutsOverdue,
  'time-off-decided': timeOffDecided,
  'booking-received': bookingReceived,
  'form-received': formReceived,
  'form-to-office': formToOffice,
  'guest-link': guestLink,
  statement,
  'invoice-reminder': invoiceReminder,
  'pro-forma': proForma,
  'conversation-message': conversationMessage,
  'feedback-request': feedbackRequest,
} as const;

export type MailTemplate = keyof typeof mailTemplates;
export type MailData<T extends MailTemplate> = z.input<(typeof mailTemplates)[T]['schema']>;

/** Mails whose link opens an account: what they carried is forgotten once they are sent. */
export const SECRET_TEMPLATES: readonly MailTemplate[] = ['invitation', 'reset', 'session-started-invited'];

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(mailTemplates, name);
}

/** A template as the renderer sees it, whatever its data. */
export interface AnyMailTemplate {
  schema: z.ZodType;
  view: (data: never, words: MailWords) => Record<string, unknown>;
  calendar?: (data: never) => CalendarFile;
}
