-- Purpose: of lines that repeat their order's total, which one has it.
-- Grain:   one row per source, customer, order and direction with an amount.
-- In:      ledger. A row without an order id is the order of nobody else.
-- Out:     the first line by file and line, of those that are used if there are any;
--          differs: used lines of the order state different totals.
CREATE TEMP TABLE order_total AS
SELECT
    source,
    customer,
    order_id,
    is_return,
    min(struct_pack(aside := reason IS NOT NULL, file := file, line := line))   AS carrier,
    min_by(amount, struct_pack(aside := reason IS NOT NULL, file := file, line := line)) AS amount,
    coalesce(min(amount) FILTER (WHERE reason IS NULL) <> max(amount) FILTER (WHERE reason IS NULL), FALSE)
{{- if .Refunds}}
        OR coalesce(min(refund) FILTER (WHERE reason IS NULL) <> max(refund) FILTER (WHERE reason IS NULL), FALSE)
{{- end}}                                                                       AS differs
{{- if .Refunds}},
    max(refund) FILTER (WHERE reason IS NULL)                                   AS refund,
    max(refund_day) FILTER (WHERE reason IS NULL AND refund IS NOT NULL)        AS refund_day
{{- end}}
FROM ledger
WHERE source IN ({{.Sources}}) AND amount IS NOT NULL AND coalesce(order_id <> CAST(day AS VARCHAR), order_id IS NOT NULL)
GROUP BY source, customer, order_id, is_return
