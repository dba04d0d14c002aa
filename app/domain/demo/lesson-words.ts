import type { SubjectKey } from './company.ts';
import { pick } from './random.ts';

interface Words {
  topics: readonly string[];
  went: readonly string[];
  homework: readonly string[];
}

const general: Words = {
  topics: ['Review of the week', 'Preparing the test on Thursday', 'What the school is doing next'],
  went: [
    'Came well prepared and asked good questions.',
    'A slow start, then really got going in the second half.',
    'Needs a little more time to check results, otherwise confident.',
    'Worked alone through most of it. Praise for that.',
  ],
  homework: [
    'Finish what we began, one page.',
    'Ten minutes a day until we meet again.',
    'Correct the last school test, in red.',
  ],
};

const bySubject: Partial<Record<SubjectKey, Words>> = {
  algebra: {
    topics: ['Systems of two equations', 'Factoring quadratics', 'Completing the square', 'Word problems with rates'],
    went: [
      'Factoring is secure now, signs still slip.',
      'Sets up equations from text without help.',
      'Understands the discriminant and can say what it means.',
    ],
    homework: ['Worksheet 4, numbers 1 to 12.', 'Five word problems from chapter 6.', 'Factor the ten expressions on the back.'],
  },
  geometry: {
    topics: ['Similar triangles', 'Circle theorems', 'Proofs in two columns', 'Area of composite shapes'],
    went: ['Writes proofs in order, with reasons.', 'Mixed up inscribed and central angles, clear now.'],
    homework: ['Two proofs, pages 88 and 89.', 'Draw and measure: the nine-point circle.'],
  },
  calculus: {
    topics: ['The chain rule', 'Related rates', 'Integration by substitution', 'Limits at infinity'],
    went: ['The chain rule is automatic now.', 'Related rates: finds the equation, forgets to differentiate both sides.'],
    homework: ['Problem set 7, odd numbers.', 'Three related rates problems, with a sketch each.'],
  },
  english: {
    topics: ['Macbeth, act II', 'Close reading: The Road Not Taken', 'A thesis that can be argued'],
    went: ['Found the turn in the poem without a hint.', 'Quotes well, still explains too little.'],
    homework: ['One paragraph on the dagger speech.', 'Read chapters 9 to 11.'],
  },
  writing: {
    topics: ['From outline to draft', 'Linking paragraphs', 'Summaries in one hundred words'],
    went: ['The outline holds; the opening is much stronger.', 'Shorter sentences, and better for it.'],
    homework: ['Second draft of the essay.', 'Summarise one article of the week.'],
  },
  physics: {
    topics: ['Free-body diagrams', 'Projectile motion', 'Conservation of energy', 'Series and parallel circuits'],
    went: ['Draws every force before calculating. Good.', 'Units were missing in half of the answers.'],
    homework: ['Four problems on inclined planes.', 'Predict, then try: the ball off the table.'],
  },
  chemistry: {
    topics: ['Balancing equations', 'Moles and molar mass', 'Acids and bases', 'Naming ionic compounds'],
    went: ['Balances anything now, and checks atoms at the end.', 'Moles are still shaky; we go back to it next time.'],
    homework: ['Balance the twelve equations.', 'Flash cards for the polyatomic ions.'],
  },
  biology: {
    topics: ['Photosynthesis', 'Mitosis and meiosis', 'Punnett squares', 'The immune response'],
    went: ['Explained meiosis back to me, with a drawing.', 'Knows the terms, now the how and why.'],
    homework: ['Label the diagram from memory.', 'Three genetics problems.'],
  },
  spanish: {
    topics: ['Preterite and imperfect', 'Talking about plans', 'The subjunctive after wishes'],
    went: ['Spoke for five minutes without English.', 'Chooses the right past tense most of the time.'],
    homework: ['Write ten lines about the weekend.', 'Listen to the episode twice.'],
  },
  french: {
    topics: ['Passé composé with être', 'Ordering in a café', 'Pronouns y and en'],
    went: ['Pronunciation has come far.', 'Agreement of the participle is nearly there.'],
    homework: ['Exercises 3 and 4.', 'Record one minute about your room.'],
  },
  sat: {
    topics: ['Timing of the maths section', 'Evidence questions', 'Practice test 5, looked over'],
    went: ['Twenty points up on the practice test.', 'Skips and returns now, instead of getting stuck.'],
    homework: ['Section 3 of test 6, timed.', 'Vocabulary in context, set 8.'],
  },
  history: {
    topics: ['The New Deal', 'Reading a primary source', 'Causes of the Civil War'],
    went: ['Argues from the source, not from memory.', 'Good comparison of the two speeches.'],
    homework: ['One page: who gained from it?', 'Read the letter and mark three claims.'],
  },
};

export function lessonWords(subject: SubjectKey, session: string) {
  const words = bySubject[subject] ?? general;
  return {
    plan: pick(words.topics, 'plan', session),
    notes: `${pick(words.topics, 'topic', session)}. ${pick([...words.went, ...general.went], 'went', session)}`,
    homework: pick([...words.homework, ...general.homework], 'homework', session),
    nextTopics: pick(words.topics, 'next', session),
  };
}
