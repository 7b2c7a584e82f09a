-- Purpose: a refund of an order that is repeated on its lines counts on the line that has
--          the order's total. One that only lines say which are set aside goes with the
--          first of them.
-- In:      ledger, order_total.
UPDATE ledger
SET
    refund = CASE WHEN (ledger.file, ledger.line) = (t.bearer.file, t.bearer.line) THEN t.refund END,
    refund_day = t.refund_day
{{- if .Currencies}},
    refund_original = t.refund_original
{{- end}}
FROM (SELECT *, CASE WHEN refunded.aside THEN refunded ELSE carrier END AS bearer FROM order_total) AS t
WHERE NOT t.differs
    AND (ledger.refund = t.refund OR t.refund IS NOT NULL AND (ledger.file, ledger.line) = (t.bearer.file, t.bearer.line))
    AND NOT ledger.is_return
    AND NOT t.is_return
    AND ledger.source = t.source
    AND ledger.customer IS NOT DISTINCT FROM t.customer
    AND ledger.order_id = t.order_id
