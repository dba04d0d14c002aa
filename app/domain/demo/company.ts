import { idOf } from './random.ts';

/** Meadowbrook Tutoring: made up, and the same every time. */
export const company = {
  name: 'Meadowbrook Tutoring',
  timezone: 'America/New_York',
  currency: 'USD',
  locale: 'en-US',
  address: '48 Orchard Street\nMeadowbrook, NY 10591',
  email: 'office@meadowbrook.test',
  phone: '+1 914 555 0142',
  supportContact: 'office@meadowbrook.test, +1 914 555 0142',
  taxNumber: '84-5550142',
  studyRoom: 'Study room, 48 Orchard Street',
  policies: {
    completion: 'approval',
    no_show: { wait_percent: '33', client_charge_percent: '100', tutor_pay_percent: '50', pay_base: 'tutor_pay' },
    late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '50' },
    mileage: { rate_per_mile: '0.67' },
    invoice: { due_days: 14 },
  },
} as const;

export const subjects = [
  ['algebra', 'Algebra'],
  ['geometry', 'Geometry'],
  ['calculus', 'Calculus'],
  ['english', 'English literature'],
  ['writing', 'Reading and writing'],
  ['physics', 'Physics'],
  ['chemistry', 'Chemistry'],
  ['biology', 'Biology'],
  ['spanish', 'Spanish'],
  ['french', 'French'],
  ['sat', 'SAT preparation'],
  ['history', 'US history'],
  ['chess', 'Chess'],
] as const;
export type SubjectKey = (typeof subjects)[number][0];

export const programs = [
  {
    key: 'one',
    name: 'One-to-one',
    kind: 'one_to_one',
    capacity: 1,
    chargeBasis: 'per_student',
    charge: 7800,
    pay: 3800,
    description: 'One tutor, one student, at their pace.',
  },
  {
    key: 'home',
    name: 'Home visits',
    kind: 'one_to_one',
    capacity: 1,
    chargeBasis: 'per_student',
    charge: 9200,
    pay: 4400,
    description: 'The tutor comes to the family; miles are paid.',
  },
  {
    key: 'shared',
    name: 'Shared lesson',
    kind: 'group',
    capacity: 3,
    chargeBasis: 'split',
    charge: 9600,
    pay: 4600,
    description: 'Two or three friends share one lesson and its price.',
  },
  {
    key: 'group',
    name: 'Small group',
    kind: 'group',
    capacity: 6,
    chargeBasis: 'per_student',
    charge: 3200,
    pay: 5200,
    description: 'Up to six students at one level.',
  },
  {
    key: 'course',
    name: 'SAT course',
    kind: 'course',
    capacity: 8,
    chargeBasis: 'per_student',
    charge: 4500,
    pay: 6000,
    description: 'Saturdays in the study room, with practice tests.',
  },
  {
    key: 'club',
    name: 'Chess club',
    kind: 'group',
    capacity: 8,
    chargeBasis: 'per_student',
    charge: null,
    pay: 3000,
    description: 'New this term; what it costs is still to be set.',
  },
] as const;
export type ProgramKey = (typeof programs)[number]['key'];

export interface DemoTutor {
  key: string;
  id: string;
  firstName: string;
  lastName: string;
  subjects: readonly SubjectKey[];
  buffer: number;
  hours: string;
  timezone?: string;
}

const tutorList: [string, string, SubjectKey[], number, string, string?][] = [
  ['Maya', 'Fernandez', ['algebra', 'geometry', 'calculus'], 0, '24'],
  ['Łukasz', 'Nowak', ['physics', 'calculus', 'algebra'], 15, '20'],
  ['Sakura', 'Kobayashi', ['chemistry', 'biology'], 0, '18'],
  ['Daniel', 'O’Connor', ['english', 'writing', 'history'], 10, '22'],
  ['Amara', 'Okafor', ['biology', 'chemistry', 'algebra'], 0, '25'],
  ['Théo', 'Lambert', ['french', 'spanish', 'english'], 15, '16'],
  ['Priya', 'Raman', ['sat', 'algebra', 'geometry'], 0, '28'],
  ['Samuel', 'Whitaker', ['history', 'writing', 'english'], 0, '15'],
  ['Lucía', 'Ortega', ['spanish', 'writing'], 10, '20'],
  ['Ben', 'Goldstein', ['calculus', 'physics', 'sat'], 0, '20'],
  ['Hana', 'Castillo', ['algebra', 'chemistry'], 15, '18'],
  ['Marcus', 'Bell', ['geometry', 'physics', 'chess'], 0, '14'],
  ['Ingrid', 'Solberg', ['english', 'french', 'sat'], 0, '20', 'America/Chicago'],
  ['Kwame', 'Asante', ['algebra', 'biology', 'writing'], 10, '22'],
];

export const tutors: readonly DemoTutor[] = tutorList.map(([firstName, lastName, taught, buffer, hours, timezone], i) => ({
  key: `T${String(i + 1).padStart(2, '0')}`,
  id: idOf('tutor', i),
  firstName,
  lastName,
  subjects: taught,
  buffer,
  hours,
  ...(timezone ? { timezone } : {}),
}));

/** How a family pays, in the words of the billing plugins' `pays`. */
export type DemoMode = 'credits' | 'invoice' | 'elsewhere';

export interface DemoStudent {
  key: string;
  id: string;
  clientId: string;
  familyIndex: number;
  firstName: string;
  lastName: string;
  grade: string;
}

export interface DemoFamily {
  key: string;
  id: string;
  name: string;
  surname: string;
  address: string;
  mode: DemoMode;
  students: readonly DemoStudent[];
}

const surnames = `Whitfield Adeyemi Bianchi Carver Chen Delgado Ellison Farouk Gallagher Haddad Ibsen Jankowski Kaplan
Larsen Mbeki Nakamura Oliveira Petrov Quinn Rosen Santos Takahashi Underwood Varga Weiss Xiong Yilmaz Zielinski Abbott
Brennan Castro Dunne Eriksen Foster Greco Hartmann Iyer Jacobs Keller Lindqvist Moreau Novak Osborne Patel Ramirez
Schultz Tran Usman Vance Walsh Yoder Zhang Ayala Bishop Cohen Drummond Evans Fischer Grant Hughes`.split(/\s+/);

const parents = `Hannah Tunde Paolo Elaine Wei Rosa Mark Leila Ciara Omar Nora Agnieszka Ruth Erik Thandi Kenji Beatriz
Irina Patrick Miriam Carla Yuki Simon Eszter Jonas Mai Deniz Ewa Claire Sean Miguel Aoife Lars Andrea Giulia Petra Anand
Denise Thomas Annika Camille Jana Peter Sunita Elena Karl Linh Zainab Louise Fiona Esther Jun Marisol Grace Naomi
Alasdair Gareth Julia Monica Owen`.split(/\s+/);

const children = `Oliver Zoë Lena Amir Chloe Mateo Ava Noah Isla Ethan Sofia Kofi Emma Lucas Mila Theo Grace Jakub Nina
Leo Clara Hugo Aisha Daniel Maeve Felix Sara Victor Ella Ravi Alice Tomás Freya Samuel Ines Jonah Lily Marek Olivia Ben
Julia Adam Nadia Max Eva Omar Ruby Anton Maya Gabriel Elsa Dylan Yara Simon Ida Luca Hannah Nico Greta Sean Amelia Kai
Rosa Peter Layla Emil Tessa Diego Anna Finn Leila Oscar Mei Caleb Alma Ian Zara Toby Vera Hal`.split(/\s+/);

const streets = [
  'Maple Avenue',
  'Mill Lane',
  'Orchard Street',
  'Hillside Road',
  'Lakeview Drive',
  'Church Street',
  'Prospect Place',
];

export const families: readonly DemoFamily[] = surnames.map((surname, i) => {
  const id = idOf('client', i);
  const count = i === 0 ? 3 : 1 + (i % 3 === 1 ? 1 : 0) + (i % 12 === 4 ? 1 : 0);
  const before = i === 0 ? 0 : 3 + familyOffset(i);
  return {
    key: `C${String(i + 1).padStart(3, '0')}`,
    id,
    name: `${parents[i]} ${surname}`,
    surname,
    address: `${12 + ((i * 7) % 80)} ${streets[i % streets.length]}\nMeadowbrook, NY 10591`,
    mode: i === 0 ? 'invoice' : i % 3 === 2 ? 'credits' : i % 10 === 9 ? 'elsewhere' : 'invoice',
    students: Array.from({ length: count }, (_, n) => ({
      key: `S${String(before + n + 1).padStart(3, '0')}`,
      id: idOf('student', i, n),
      clientId: id,
      familyIndex: i,
      firstName: children[(before + n) % children.length] ?? 'Sam',
      lastName: surname,
      grade: String(6 + ((i + n * 2) % 7)),
    })),
  };
});

function familyOffset(until: number): number {
  let count = 0;
  for (let i = 1; i < until; i++) count += 1 + (i % 3 === 1 ? 1 : 0) + (i % 12 === 4 ? 1 : 0);
  return count;
}

export const students: readonly DemoStudent[] = families.flatMap((family) => family.students);
