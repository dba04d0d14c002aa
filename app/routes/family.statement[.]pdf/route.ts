import type { LoaderFunctionArgs } from '@remix-run/node';
import { payerOf } from '../balance-pages/family-payer.server.ts';
import { statementFile } from '../balance-pages/statement-file.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { clientId } = await payerOf(args);
  return statementFile(args, clientId);
}
