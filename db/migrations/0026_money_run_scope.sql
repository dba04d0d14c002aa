-- Lines beside sessions and packages belong to a program too where a run of programs made them.
ALTER TABLE charge ADD COLUMN program_id uuid REFERENCES program;

-- Whether a family was held when a run was confirmed is asked of every line that the run's period takes in.
CREATE INDEX invoice_hold_client ON invoice_hold (client_id);
CREATE INDEX charge_about ON charge (about_charge_id) WHERE about_charge_id IS NOT NULL;
