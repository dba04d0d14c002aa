const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from outside has the form of a record's id: what has not names nothing, and is never asked of the database. */
export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
