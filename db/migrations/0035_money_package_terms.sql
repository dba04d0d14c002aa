-- What a package was when its payer went to the gateway's page: sold like that, whatever its list says by then.
ALTER TABLE collection ADD COLUMN package_terms jsonb;
