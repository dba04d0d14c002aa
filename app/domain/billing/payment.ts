export const PAYMENT_METHODS = [
  { value: 'transfer', label: 'Bank transfer' },
  { value: 'card', label: 'Card' },
  { value: 'cash', label: 'Cash' },
  { value: 'cheque', label: 'Cheque' },
  { value: 'other', label: 'Other' },
] as const;

export type PaymentMethod = (typeof PAYMENT_METHODS)[number]['value'];

export const isPaymentMethod = (text: string): text is PaymentMethod => PAYMENT_METHODS.some((method) => method.value === text);

export const paymentMethodLabel = (method: string): string =>
  PAYMENT_METHODS.find((one) => one.value === method)?.label ?? method;
