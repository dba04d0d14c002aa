import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { statementFile } from '../balance-pages/statement-file.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  return found(statementFile(args, recordIdOf(args.params)));
}
