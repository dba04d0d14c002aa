/** A provider as somebody describes it at the settings: short, and with all that is needed. */
export const acmeDescription = `id: meeting-acme
version: 1.0.0
name: Acme Rooms
description: Rooms at Acme.
capabilities: { create: idempotent, links: shared, instant: true }
settings:
  apiKey: { type: secret, title: API key }
base: https://api.acme.example/v1
auth: { header: X-Key, value: "\${settings.apiKey}" }
create:
  request: PUT /rooms/\${want.code}
  body: { title: "\${want.title}" }
  reply: { ref: reply.id, joinUrl: reply.url }
release: { request: "DELETE /rooms/\${have.ref}" }
`;
