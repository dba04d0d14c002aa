/** "1 session", "3 sessions". */
export const many = (n: number, one: string, several = `${one}s`) => `${n} ${n === 1 ? one : several}`;
