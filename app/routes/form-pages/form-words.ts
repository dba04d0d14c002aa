import type { FormKind, FormSection } from '#app/domain/public-forms/form-fields.ts';

export const FORM_WORDS: Record<FormKind, { title: string; path: string; becomes: string; embed: string }> = {
  enquiry: {
    title: 'Enquiry form',
    path: '/enquire',
    becomes: 'What a family sends becomes a prospect, their students and a request for each, with a task for the office.',
    embed: 'Ask for lessons',
  },
  application: {
    title: 'Application form',
    path: '/apply',
    becomes: 'Whoever applies becomes a tutor with the status applicant, with their documents and a task for the office.',
    embed: 'Teach with us',
  },
};

export const SECTION_WORDS: Record<FormSection, string> = {
  you: 'About you',
  student: 'Who is it for? (of each student)',
  lessons: 'The lessons',
  teaching: 'What you would teach',
  documents: 'Documents',
};
