import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { addClearance } from '#app/domain/clearances/add-clearance.server.ts';
import { addClearanceType } from '#app/domain/clearances/add-clearance-type.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { createTutor } from '#app/domain/people/create-tutor.server.ts';
import { tutorSchema } from '#app/domain/people/tutor.schema.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import type { DB } from '#db/types.ts';
import { company, type SubjectKey, tutors } from './company.ts';
import { chance, idOf } from './random.ts';
import { subjectIdOf, userIdOf } from './seed-people.server.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };
const LEVELS = ['Elementary', 'Middle school', 'High school', 'AP and college'] as const;
const OFFICE = { latitude: 41.0856, longitude: -73.8582 };

/** By their place in the company's list: gender, languages beside English, tags, wished hours. */
const known: Record<number, { gender?: 'female' | 'male'; languages?: string[]; tags?: string[]; wished?: string }> = {
  0: { gender: 'female', languages: ['es'], tags: ['Exam coach', 'Patient'], wished: '20' },
  1: { gender: 'male', languages: ['pl'], tags: ['Exam coach'], wished: '16' },
  2: { gender: 'female', languages: ['ja'], tags: ['Patient'] },
  3: { gender: 'male', tags: ['Strict'] },
  4: { gender: 'female', tags: ['Playful'], wished: '22' },
  5: { gender: 'male', languages: ['fr', 'es'] },
  6: { gender: 'female', languages: ['hi'], tags: ['Exam coach'], wished: '24' },
  8: { gender: 'female', languages: ['es'], tags: ['Playful', 'Patient'] },
  10: { gender: 'female', languages: ['es', 'tl'], tags: ['Patient'] },
  12: { gender: 'female', languages: ['no', 'fr'] },
  13: { gender: 'male', tags: ['Playful'] },
};

/** Who is not at work: on the way in, or taking a break. */
const others: [first: string, last: string, status: 'onboarding' | 'dormant', taught: SubjectKey[], tag: string][] = [
  ['Felix', 'Brandt', 'onboarding', ['physics', 'calculus'], 'Exam coach'],
  ['Simone', 'Achebe', 'dormant', ['english', 'french'], 'Patient'],
];

/** What is known of the demo's tutors: levels, languages, where they live, tags, and papers that run out at different times. */
export async function seedTutors(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const levels: string[] = [];
  for (const name of LEVELS) levels.push((await addNamed(trx, ctx, admin, 'level', { name })).id);
  const groups: string[] = [];
  for (const name of ['Paid weekly', 'Paid monthly']) groups.push((await addNamed(trx, ctx, admin, 'payGroup', { name })).id);
  await trx.updateTable('payGroup').set({ calendar: 'weekly' }).where('name', '=', 'Paid weekly').execute();
  for (const [i, tutor] of tutors.entries()) {
    const { gender = null, languages = [], tags = [], wished = null } = known[i] ?? {};
    await trx
      .updateTable('tutor')
      .set({
        gender,
        languages: ['en', ...languages],
        wishedHoursPerWeek: wished,
        payGroupId: groups[i % 5 === 4 ? 0 : 1] ?? null,
        homeLatitude: String(around(OFFICE.latitude, 'north', i)),
        homeLongitude: String(around(OFFICE.longitude, 'east', i)),
        reachMinutes: i % 3 === 2 ? null : 25 + 10 * (i % 3),
      })
      .where('id', '=', tutor.id)
      .execute();
    await setTags(trx, { tutorId: tutor.id }, tags);
  }
  const taught = tutors.flatMap((tutor, i) =>
    tutor.subjects.map((subject, n) => ({ tutorId: tutor.id, subjectId: subjectIdOf(subject), from: (i + n) % 3 })),
  );
  await trx
    .insertInto('tutorSubjectLevel')
    // Each teaches a subject at two levels or three, and some at every one.
    .values(
      taught.flatMap(({ tutorId, subjectId, from }) =>
        from === 2
          ? []
          : levels.slice(from + 1, from + 3 + (from === 0 ? 1 : 0)).map((levelId) => ({ tutorId, subjectId, levelId })),
      ),
    )
    .execute();
  for (const [firstName, lastName, status, subjects, tag] of others) {
    const form = { firstName, lastName, status, timezone: company.timezone, bufferMinutes: '0', languages: 'en', tags: tag };
    const email = `${firstName.toLowerCase()}@demo.test`;
    const values = tutorSchema.parse({
      ...form,
      email,
      phone: '',
      subjects: subjects.map((key) => ({ subjectId: subjectIdOf(key) })),
    });
    await createTutor(trx, ctx, admin, values);
  }
  await seedClearances(trx, ctx);
}

const around = (degrees: number, ...way: [string, number]) =>
  Math.round((degrees + (chance('home', ...way) - 0.5) * 0.16) * 1e4) / 1e4;

async function seedClearances(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const remindDays = [60, 30, 7, 0];
  const check = await addClearanceType(trx, ctx, admin, {
    name: 'Background check',
    required: 'always',
    validMonths: 24,
    remindDays,
  });
  const aid = await addClearanceType(trx, ctx, admin, {
    name: 'First-aid course',
    required: 'none',
    validMonths: 36,
    remindDays: [30, 0],
  });
  const today = localDateOf(ctx.clock(), company.timezone);
  const paper = (kind: string, tutorId: string) => ({
    id: idOf(kind, tutorId),
    tutorId,
    number: '',
    file: { name: '', content: Buffer.alloc(0) },
  });
  for (const [i, { id, lastName }] of tutors.entries()) {
    // The first one's runs out soon, the eighth's has; the fourth has sent in a new one.
    const left = i === 0 ? 12 : i === 7 ? -5 : i === 3 ? 20 : 90 + 37 * i;
    await addClearance(trx, ctx, admin, {
      ...paper('background', id),
      typeId: check.id,
      ...{ issuedOn: addDays(today, left - 729), expiresOn: addDays(today, left), checked: true, by: 'office' },
    });
    if (i === 3)
      await addClearance(
        trx,
        ctx,
        { userId: userIdOf('T04'), kind: 'user' },
        {
          ...paper('renewed', id),
          typeId: check.id,
          file: {
            name: `Background check ${lastName}.pdf`,
            content: onePage(`Background check of ${lastName.replace('’', "'")}: nothing found`),
          },
          ...{ issuedOn: addDays(today, -2), expiresOn: null, checked: false, by: 'tutor' },
        },
      );
    if (i % 3 === 0)
      await addClearance(trx, ctx, admin, {
        ...paper('first-aid', id),
        typeId: aid.id,
        ...{ issuedOn: addDays(today, -200 - 60 * i), expiresOn: null, checked: true, by: 'office' },
      });
  }
}

/** A document of one line, so that there is something to open. */
function onePage(text: string): Buffer {
  const drawing = `BT /F 18 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = pdf.length;
  const size = objects.length + 1;
  pdf += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}
