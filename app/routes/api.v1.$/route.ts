import { type ApiArgs, answerNothing } from '../api-endpoints/answer.server.ts';

export const loader = (args: ApiArgs) => answerNothing(args);
export const action = (args: ApiArgs) => answerNothing(args);
