import { parseDecimal } from '#app/domain/billing/money.ts';
import { isZone } from '#app/domain/scheduling/wall-time.ts';
import { readCsv } from './csv-file.server.ts';
import { Findings, type ImportRun, idsByRef, refuse, repeats } from './import-run.server.ts';

/** Rows whose reference is there already stay as they are in the database: importing again changes nothing. */

export async function importSubjects(run: ImportRun): Promise<void> {
  const known = await idsByRef(run.trx, 'subject');
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'subjects.csv', ['id', 'name'])) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    if (row.get('name') === '') findings.add('invalid_value', 'name is empty');
    if (refuse(run, 'subjects.csv', row, ref, findings) || known.has(ref)) continue;
    await run.trx
      .insertInto('subject')
      .values({ ref, name: row.get('name') })
      .execute();
  }
}

export async function importPrograms(run: ImportRun): Promise<void> {
  const known = await idsByRef(run.trx, 'program');
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'programs.csv', [
    'id',
    'name',
    'kind',
    'capacity',
    'charge_basis',
    'tax_percent',
  ])) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    const taxPercent = row.get('tax_percent') || '0';
    if (row.get('name') === '') findings.add('invalid_value', 'name is empty');
    if (!['one_to_one', 'group', 'course'].includes(row.get('kind')))
      findings.add('invalid_value', `kind ${row.get('kind')} is not known`);
    if (!['per_student', 'split'].includes(row.get('charge_basis')))
      findings.add('invalid_value', `charge_basis ${row.get('charge_basis')} is not known`);
    if (!/^\d{1,3}$/.test(row.get('capacity')) || row.get('capacity') === '0')
      findings.add('invalid_value', 'capacity is a number from 1');
    if (!/^\d{1,3}(\.\d{1,4})?$/.test(taxPercent) || Number(taxPercent) > 100)
      findings.add('invalid_value', 'tax_percent is from 0 to 100');
    if (refuse(run, 'programs.csv', row, ref, findings) || known.has(ref)) continue;
    const values = {
      ref,
      name: row.get('name'),
      kind: row.get('kind'),
      capacity: Number(row.get('capacity')),
      chargeBasis: row.get('charge_basis'),
      taxPercent,
    };
    await run.trx.insertInto('program').values(values).execute();
  }
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

export async function importTutors(run: ImportRun): Promise<void> {
  const known = await idsByRef(run.trx, 'tutor');
  const subjects = await idsByRef(run.trx, 'subject');
  const seen = new Set<string>();
  const columns = ['id', 'first_name', 'last_name', 'email', 'timezone', 'subjects', 'max_hours_per_week', 'buffer_minutes'];
  for (const row of await readCsv(run.directory, 'tutors.csv', columns)) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    const taught = row
      .get('subjects')
      .split(';')
      .map((subject) => subject.trim())
      .filter(Boolean);
    for (const subject of taught)
      if (!subjects.has(subject)) findings.add('unknown_reference', `subject ${subject} is not known`);
    const zone = row.get('timezone') || run.organisation.timezone;
    const hours = row.get('max_hours_per_week');
    const buffer = row.get('buffer_minutes') || '0';
    if (row.get('first_name') === '') findings.add('invalid_value', 'first_name is empty');
    if (row.get('email') && !isEmail(row.get('email'))) findings.add('invalid_value', 'email is no address');
    if (!isZone(zone)) findings.add('invalid_value', `timezone ${zone} is not known`);
    if (hours && (!parseDecimal(hours) || Number(hours) < 0 || Number(hours) > 168))
      findings.add('invalid_value', 'max_hours_per_week is from 0 to 168');
    if (!/^\d{1,3}$/.test(buffer) || Number(buffer) > 480) findings.add('invalid_value', 'buffer_minutes is from 0 to 480');
    if (refuse(run, 'tutors.csv', row, ref, findings) || known.has(ref)) continue;
    const { id } = await run.trx
      .insertInto('tutor')
      .values({
        ref,
        firstName: row.get('first_name'),
        lastName: row.get('last_name'),
        email: row.get('email') || null,
        timezone: zone,
        maxHoursPerWeek: hours || null,
        bufferMinutes: Number(buffer),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const listed = [...new Set(taught)].flatMap((subject) => subjects.get(subject) ?? []);
    if (listed.length > 0)
      await run.trx
        .insertInto('tutorSubject')
        .values(listed.map((subjectId) => ({ tutorId: id, subjectId })))
        .execute();
  }
}

export async function importClients(run: ImportRun): Promise<void> {
  const known = await idsByRef(run.trx, 'client');
  const installs = await run.ctx.plugins.listInstalls(run.trx, 'billing');
  const modes = new Map<string, string>();
  for (const { id, pluginId } of installs) {
    const word = run.ctx.plugins.billingCapabilities(pluginId)?.importName;
    if (word && !modes.has(word)) modes.set(word, id);
  }
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'clients.csv', ['id', 'name', 'email', 'billing_mode', 'address', 'notes'])) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    const mode = row.get('billing_mode');
    if (row.get('name') === '') findings.add('invalid_value', 'name is empty');
    if (row.get('email') && !isEmail(row.get('email'))) findings.add('invalid_value', 'email is no address');
    if (mode && !modes.has(mode)) findings.add('invalid_value', `billing_mode ${mode} is not known`);
    if (refuse(run, 'clients.csv', row, ref, findings) || known.has(ref)) continue;
    await run.trx
      .insertInto('client')
      .values({
        ref,
        name: row.get('name'),
        email: row.get('email') || null,
        address: row.get('address'),
        notes: row.get('notes'),
        billingInstallId: modes.get(mode) ?? null,
      })
      .execute();
  }
}

export async function importStudents(run: ImportRun): Promise<void> {
  const known = await idsByRef(run.trx, 'student');
  const clients = await idsByRef(run.trx, 'client');
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'students.csv', ['id', 'client', 'first_name', 'last_name', 'email', 'grade'])) {
    const findings = new Findings();
    const ref = row.get('id');
    repeats(seen, ref, findings);
    const clientId =
      clients.get(row.get('client')) ?? findings.add('unknown_reference', `client ${row.get('client')} is not known`);
    if (row.get('first_name') === '') findings.add('invalid_value', 'first_name is empty');
    if (row.get('email') && !isEmail(row.get('email'))) findings.add('invalid_value', 'email is no address');
    if (refuse(run, 'students.csv', row, ref, findings) || known.has(ref) || !clientId) continue;
    await run.trx
      .insertInto('student')
      .values({
        ref,
        clientId,
        firstName: row.get('first_name'),
        lastName: row.get('last_name'),
        email: row.get('email') || null,
        grade: row.get('grade'),
      })
      .execute();
  }
}
