import type { ActionFunctionArgs } from '@remix-run/node';
import { giveOut } from '../person-pages/data-page.server.ts';

export const action = (args: ActionFunctionArgs) => giveOut(args, 'client');
