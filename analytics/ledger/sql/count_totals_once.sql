-- Purpose: an order's total counts on one line, and its other lines have none.
-- In:      ledger, order_total.
UPDATE ledger
SET amount = 0
FROM order_total AS t
WHERE NOT t.differs
    AND {{template "total" .}} = t.total
    AND ledger.source = t.source
    AND ledger.customer IS NOT DISTINCT FROM t.customer
    AND ledger.order_id = t.order_id
    AND ledger.is_return = t.is_return
    AND (ledger.file, ledger.line) <> (t.carrier.file, t.carrier.line)
