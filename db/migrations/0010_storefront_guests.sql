-- Where a client came from: a guest of the booking page gives an address that nobody has checked yet.
ALTER TABLE client ADD COLUMN source text NOT NULL DEFAULT 'office' CHECK (source IN ('office', 'storefront'));
-- Who has the same address: shown to the office, never to the guest.
CREATE INDEX client_email ON client (email) WHERE email IS NOT NULL;
