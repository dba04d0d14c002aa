interface Gap {
  what: 'no_programs' | 'no_tutors' | 'program_without_rate' | 'program_without_tutor' | 'tutor_without_subject';
  names: readonly string[];
}

/** Why something isn't on the booking page, and what to do. */
export function gapSentence({ what, names }: Gap): string {
  const listed = names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
  const some = (one: string, many: string) => (names.length === 1 ? `1 ${one}` : `${names.length} ${many}`);
  switch (what) {
    case 'no_programs':
      return 'No program is marked for the page.';
    case 'no_tutors':
      return 'No tutor is marked for the page.';
    case 'program_without_rate':
      return `${some('program has', 'programs have')} no rate: ${listed}. Nothing is ever booked for nothing, so set one under Rates.`;
    case 'program_without_tutor':
      return `${some('program has', 'programs have')} no tutor who teaches a subject: ${listed}.`;
    case 'tutor_without_subject':
      return `${some('tutor has', 'tutors have')} no subject: ${listed}. Add what they teach on their page.`;
  }
}
