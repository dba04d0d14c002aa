-- Reports read the pay of a span of days, whether a run has taken it or not.
CREATE INDEX pay_item_local_date ON pay_item (local_date);
