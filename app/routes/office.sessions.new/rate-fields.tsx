import { TextInput } from '@mantine/core';
import styles from './booking.module.css';
import type { BookingValues } from './booking-values.ts';

interface Props {
  values: BookingValues;
  errors: Record<string, string>;
  currency: string;
  maySetCharge: boolean;
  maySetPay: boolean;
}

/** A price by hand beats every rate, so it asks for a reason. Shown only to those who may see that side. */
export function RateFields({ values, errors, currency, maySetCharge, maySetPay }: Props) {
  if (!maySetCharge && !maySetPay) return null;
  return (
    <div className={styles.fields}>
      {maySetCharge ? (
        <TextInput
          name="chargeRate"
          inputMode="decimal"
          label={`Charge per hour (${currency})`}
          description="Empty: by the rates"
          defaultValue={values.chargeRate}
          error={errors.chargeRate}
        />
      ) : null}
      {maySetPay ? (
        <TextInput
          name="payRate"
          inputMode="decimal"
          label={`Pay per hour (${currency})`}
          description="Empty: by the rates"
          defaultValue={values.payRate}
          error={errors.payRate}
        />
      ) : null}
      <TextInput
        name="rateReason"
        label="Why by hand"
        description="Kept with the session"
        defaultValue={values.rateReason}
        error={errors.rateReason}
      />
    </div>
  );
}
