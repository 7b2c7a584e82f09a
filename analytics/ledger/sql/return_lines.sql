-- Purpose: the returns, and the sales that they may take back: of the order that a return
--          names, and of the product that it is about.
-- Grain:   one row per line.
-- In:      ledger.
WITH back AS (
    SELECT
        customer,
        source,
        -- a row that names no order is that of its day
        CASE WHEN order_id <> CAST(day AS STRING) THEN order_id END AS order_id
{{- if .Matches}},
        original_order,
        file,
        line,
        on_sale
{{- end}}
{{- if .Products}},
        CASE WHEN quantity <> 0 THEN product END                     AS product
{{- end}}
    FROM ledger
    WHERE reason IS NULL AND is_return
)
SELECT
    customer,
    source,
    order_id,
    is_return,
    file,
    line,
    day,
    amount,
    coalesce(cost, 0)                                       AS cost,
{{- if .Matches}}
    original_order,
    on_sale,
    CASE
        WHEN is_return    THEN CAST(abs(quantity) AS DECIMAL(18, 6))
        WHEN quantity > 0 THEN quantity
    END                                                     AS quantity,
    {{microseconds "instant"}}                                       AS instant,
{{- else}}
    CAST(NULL AS STRING)                                   AS original_order,
    FALSE                                                   AS on_sale,
    CAST(NULL AS DECIMAL(18, 6))                            AS quantity,
    {{microseconds "CAST(day AS TIMESTAMP)"}}                        AS instant,
{{- end}}
    {{if .Products}}product{{else}}CAST(NULL AS STRING){{end}} AS product
FROM ledger
WHERE reason IS NULL
    AND (
        is_return
        OR (customer, source, order_id) IN (SELECT {{together "customer, source, order_id"}} FROM back WHERE order_id IS NOT NULL)
{{- if .Matches}}
        OR (customer, order_id) IN (SELECT {{together "customer, original_order"}} FROM back WHERE original_order IS NOT NULL)
        OR (file, line) IN (SELECT {{together "file, line"}} FROM back WHERE on_sale)
{{- end}}
{{- if .Products}}
        OR (customer, product) IN (SELECT {{together "customer, product"}} FROM back WHERE product IS NOT NULL)
{{- end}}
    )
