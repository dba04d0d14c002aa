type Input = Record<string, unknown>;

/** The form's fields in the schema's shape. Which duplicate was chosen to be the person beats what was said of who it is. */
export function requestInput(input: Input): Input {
  const { who, studentId, clientId, client, student, learnsToo, use, used, despite, ...said } = input;
  return {
    ...said,
    source: 'office',
    for: chosenPerson(use, student) ??
      (who === 'new' ? chosenPerson(used, student) : undefined) ?? {
        who,
        studentId,
        clientId,
        client,
        student: who === 'new' && learnsToo ? null : student,
      },
    despiteDuplicates: despite === 'on',
  };
}

function chosenPerson(use: unknown, student: unknown): Input | undefined {
  const [kind, id] = typeof use === 'string' ? use.split(':') : [];
  if (kind === 'student') return { who: 'student', studentId: id };
  if (kind === 'client') return { who: 'new_student', clientId: id, student };
  return undefined;
}
