-- Purpose: set aside the orders of which nobody can tell which total is theirs.
-- In:      ledger, order_total.
UPDATE ledger
SET reason = 'amount_conflict'
FROM order_total AS t
WHERE t.differs
    AND ledger.reason IS NULL
    AND ledger.source = t.source
    AND ledger.customer = t.customer
    AND ledger.order_id = t.order_id
    AND ledger.is_return = t.is_return
