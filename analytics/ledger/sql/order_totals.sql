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
WITH stated AS (
    SELECT
        *,
        {{template "total" .}} AS total,
        struct_pack(aside := reason IS NOT NULL, file := file, line := line) AS place
{{- if .Refunds}},
        {{template "given_back" .}} AS given_back,
        coalesce(reason, 'amount_unreadable') <> 'amount_unreadable' AS refund_aside,
        struct_pack(aside := refund_aside, file := file, line := line) AS refund_place
{{- end}}
    FROM ledger
)
SELECT
    source,
    customer,
    order_id,
    is_return,
    min(place) FILTER (WHERE amount IS NOT NULL)                                AS carrier,
    min_by(amount, place)                                                       AS amount,
    min_by(total, place)                                                        AS total,
    coalesce(min(total) FILTER (WHERE reason IS NULL) <> max(total) FILTER (WHERE reason IS NULL), FALSE)
{{- if .Refunds}}
        OR coalesce(min(given_back) FILTER (WHERE NOT refund_aside) <> max(given_back) FILTER (WHERE NOT refund_aside), FALSE)
{{- end}}                                                                       AS differs
{{- if .Refunds}},
    min(refund_place) FILTER (WHERE refund IS NOT NULL)                         AS refunded,
    min_by(given_back, refund_place)                                            AS given_back,
    min_by(refund, refund_place)                                                AS refund,
    coalesce(max(refund_day) FILTER (WHERE NOT refund_aside AND refund IS NOT NULL), max(refund_day) FILTER (WHERE refund IS NOT NULL)) AS refund_day
{{- end}}
FROM stated
WHERE source IN ({{.Sources}})
    AND {{if .Refunds}}(amount IS NOT NULL OR refund IS NOT NULL){{else}}amount IS NOT NULL{{end}}
    AND coalesce(order_id <> CAST(day AS VARCHAR), order_id IS NOT NULL)
GROUP BY source, customer, order_id, is_return
HAVING count(amount) > 0
