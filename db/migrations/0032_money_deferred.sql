-- A package's price is owed to the family until its credits are used.
ALTER TABLE credit_lot
  -- What of the price, and of the credits it is for, went with credits to another lot (negative) or came from one.
  ADD COLUMN moved_price bigint NOT NULL DEFAULT 0,
  ADD COLUMN moved_credits bigint NOT NULL DEFAULT 0;
-- What was sold before was income at its sale; what of it is still owed is put back when its lot next moves.
UPDATE credit_lot l SET recognised = l.price WHERE EXISTS (SELECT 1 FROM charge c WHERE c.credit_lot_id = l.id);
