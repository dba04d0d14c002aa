-- What was sent through a public form is taken in once: a double click, a reload or going back and sending the same again
-- finds its key here. A hash of the form and of what was typed; nothing of it can be read back.
CREATE TABLE form_answer (
  key text PRIMARY KEY,
  kind text NOT NULL REFERENCES public_form,
  created_at timestamptz NOT NULL DEFAULT now()
);
