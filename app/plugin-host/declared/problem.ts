/** What is wrong with the description of a provider, and where. */
export interface DescriptionProblem {
  /** Of the text, from 1; null where it is about the whole. */
  line: number | null;
  /** "create.reply.ref" */
  at: string;
  /** A sentence without its end: "must be a text". */
  message: string;
}

export const sayProblem = ({ line, at, message }: DescriptionProblem) =>
  `${line === null ? '' : `Line ${line}: `}${at ? `${at} ` : ''}${message}.`;
