import { CallRefused, DOMAIN_CODES } from './problem.ts';

/** 404: nothing has this id. */
export function refuseMissing(): never {
  throw new CallRefused({ status: 404, code: 'not_found', detail: DOMAIN_CODES.not_found });
}
