import { getOrganisation, listInstallChoices } from '#app/domain/organisation/queries.server.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import type { ClientDetail } from '#app/domain/people/queries.server.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

type Db = Parameters<typeof getOrganisation>[0];

/** What a client's form offers to choose from. */
export async function clientChoices(db: Db, client?: Pick<ClientDetail, 'billingInstallId' | 'timezone'>) {
  const [organisation, billingModes, tags] = await Promise.all([
    getOrganisation(db),
    listInstallChoices(db, 'billing', client?.billingInstallId),
    listTagChoices(db),
  ]);
  return {
    billingModes: billingModes.map(({ id, name }) => ({ id, name })),
    defaultBilling: billingModes.find((mode) => mode.id === organisation.billingInstallId)?.name ?? null,
    zones: timeZones(client?.timezone),
    tags,
  };
}

export function clientFormValues(client: ClientDetail): FormValues {
  const { name, email, phone, address, timezone, billingInstallId, notes, status } = client;
  const tags = client.tags.map((tag) => tag.name).join(', ');
  return asFormValues({ name, email, phone, address, timezone, billingInstallId, notes, status, tags });
}
