import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { GiveForm, MoveForm, TakeForm } from './move-forms.tsx';

interface Lot {
  id: string;
  ref: string;
  packageName: string | null;
  left: bigint;
  expiresOn: string | null;
}

interface Props {
  lots: readonly Lot[];
  students: readonly { id: string; name: string }[];
  families: readonly { id: string; name: string }[];
  today: string;
  formId: string;
  answer: Refusal | undefined;
  children: ReactNode;
}

/** Credits given, taken away and moved by hand, each with its reason. */
export function MovePanel({ lots, students, families, today, formId, answer, children }: Props) {
  const from = lots
    .filter((lot) => lot.left > 0n && (lot.expiresOn === null || lot.expiresOn >= today))
    .map((lot) => ({ id: lot.id, name: `${lot.packageName ?? lot.ref}, ${Number(lot.left) / 100} left` }));
  return (
    <Paper withBorder p="md" className="no-print" component="section" aria-labelledby="by-hand">
      <Stack gap="sm">
        <Title order={2} id="by-hand">
          By hand
        </Title>
        <GiveForm answer={answer} formId={formId} students={students} />
        {from.length > 0 ? <TakeForm answer={answer} formId={formId} lots={from} /> : null}
        {from.length > 0 ? <MoveForm answer={answer} formId={formId} lots={from} families={families} /> : null}
        {children}
      </Stack>
    </Paper>
  );
}
