/** What the page of a new description begins with: all that most providers need, ready to be changed. */
export const STARTER = `# All keys, and what expressions can do: docs/plugins.md, "A meeting provider without code".
id: meeting-acme
version: 1.0.0
name: Acme
description: A room at Acme for every session. It needs an account at Acme and its API key.
guide:
  - At Acme open Settings, API, make a key, and copy it into the field below.
capabilities: { create: idempotent, links: shared, instant: true }
settings:
  apiKey: { type: secret, title: API key }
base: https://api.acme.example/v1
auth: { header: Authorization, value: "Bearer \${settings.apiKey}" }
create:
  request: PUT /rooms/\${want.code}
  body:
    title: \${want.title}
    starts: \${want.startsAt}
    ends: \${want.endsAt}
  reply: { ref: reply.id, joinUrl: reply.url }
update: create
release:
  request: DELETE /rooms/\${have.ref}
check:
  request: GET /account
  message: "The key is good: it is that of \${reply.name}."
`;
