-- Purpose: of lines that repeat their order's total, which one has it.
-- Grain:   one row per source, customer, order and direction with an amount.
-- In:      ledger. A row without an order id is the order of nobody else.
-- Out:     the first line by file and line, of those that are used if there are any;
--          differs: used lines of the order state different totals.
{{- if .Refunds}}
--          refunded: likewise the first line that says what was given back; a line that
--          leaves the total blank may say it.
{{- end}}
CREATE TEMP TABLE order_total AS
SELECT
    source,
    customer,
    order_id,
    is_return,
    min(struct_pack(aside := reason IS NOT NULL, file := file, line := line)){{if .Refunds}} FILTER (WHERE amount IS NOT NULL){{end}} AS carrier,
    min_by(amount, struct_pack(aside := reason IS NOT NULL, file := file, line := line)) AS amount,
    coalesce(min(amount) FILTER (WHERE reason IS NULL) <> max(amount) FILTER (WHERE reason IS NULL), FALSE)
{{- if .Refunds}}
        OR coalesce(min(refund) FILTER (WHERE NOT refund_aside) <> max(refund) FILTER (WHERE NOT refund_aside), FALSE)
{{- end}}                                                                       AS differs
{{- if .Refunds}},
    min(struct_pack(aside := refund_aside, file := file, line := line)) FILTER (WHERE refund IS NOT NULL) AS refunded,
    min_by(refund, struct_pack(aside := refund_aside, file := file, line := line)) AS refund,
    coalesce(max(refund_day) FILTER (WHERE NOT refund_aside AND refund IS NOT NULL), max(refund_day) FILTER (WHERE refund IS NOT NULL)) AS refund_day
{{- if .Currencies}},
    min_by(refund_original, struct_pack(aside := refund_aside, file := file, line := line)) AS refund_original
{{- end}}
{{- end}}
FROM {{if .Refunds}}(SELECT *, coalesce(reason, 'amount_unreadable') <> 'amount_unreadable' AS refund_aside FROM ledger){{else}}ledger{{end}}
WHERE source IN ({{.Sources}}) AND {{if .Refunds}}(amount IS NOT NULL OR refund IS NOT NULL){{else}}amount IS NOT NULL{{end}} AND coalesce(order_id <> CAST(day AS VARCHAR), order_id IS NOT NULL)
GROUP BY source, customer, order_id, is_return
{{- if .Refunds}}
HAVING count(amount) > 0
{{- end}}
