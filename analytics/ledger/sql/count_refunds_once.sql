-- Purpose: a refund of an order that is repeated on its lines counts on the line that has
--          the order's total.
-- In:      ledger, order_total.
UPDATE ledger
SET
    refund = CASE WHEN (ledger.file, ledger.line) = (t.carrier.file, t.carrier.line) THEN t.refund END,
    refund_day = t.refund_day
FROM order_total AS t
WHERE NOT t.differs
    AND t.refund IS NOT NULL
    AND ledger.reason IS NULL
    AND NOT ledger.is_return
    AND NOT t.is_return
    AND ledger.source = t.source
    AND ledger.customer = t.customer
    AND ledger.order_id = t.order_id
