import { type ApiArgs, answerApi } from '../api-endpoints/answer.server.ts';

export const loader = (args: ApiArgs) => answerApi(args, '/slots');
export const action = (args: ApiArgs) => answerApi(args, '/slots');
