-- Case by Unicode's rules, whatever the database's own locale, so that Greek and Cyrillic fold too.
CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1) COLLATE "und-x-icu") COLLATE "C"
$$;

-- What the search over everything looks into (app/domain/search/search.server.ts), by trigrams: parts of words and
-- words with a typo are found in an index.
CREATE FUNCTION search_text(t tutor) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.fold(t.first_name || ' ' || t.last_name || ' ' || coalesce(t.email::text, '') || ' ' || t.ref || ' ' ||
    regexp_replace(coalesce(t.phone, ''), '[^0-9]', '', 'g'))
$$;
CREATE FUNCTION search_text(c client) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.fold(c.name || ' ' || coalesce(c.email::text, '') || ' ' || c.ref || ' ' ||
    regexp_replace(coalesce(c.phone, ''), '[^0-9]', '', 'g'))
$$;
CREATE FUNCTION search_text(s student) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.fold(s.first_name || ' ' || s.last_name || ' ' || coalesce(s.email::text, '') || ' ' || s.ref)
$$;
CREATE INDEX tutor_search ON tutor USING gin (search_text(tutor) gin_trgm_ops);
CREATE INDEX client_search ON client USING gin (search_text(client) gin_trgm_ops);
CREATE INDEX student_search ON student USING gin (search_text(student) gin_trgm_ops);
-- Sessions, requests, documents and payments are found by how their number begins.
CREATE INDEX session_ref_begins ON session (lower(ref) text_pattern_ops);
CREATE INDEX invoice_number_begins ON invoice (lower(number_text) text_pattern_ops);
