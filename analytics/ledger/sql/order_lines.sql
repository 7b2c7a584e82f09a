-- Purpose: the amounts of the lines of each order, and their products where those are known.
-- Grain:   one row per source, customer and order.
-- In:      ledger.
-- Adds up: least and least_product by min, most and most_product by max, lines by sum, over equal
--          source, customer and order_id.
SELECT
    source,
    customer,
    order_id,
    min(amount)  AS least,
    max(amount)  AS most,
    count(*)     AS lines
{{- if .Products}},
    min(product) AS least_product,
    max(product) AS most_product
{{- end}}
FROM ledger
WHERE source IN ({{.Sources}})
    AND reason IS NULL
    AND NOT is_return
    AND amount > 0
    -- a row without an order id is no line of one; only of the few that are left is the day written
    AND {{if .Looked}}CASE WHEN {{.Looked}} THEN order_id <> CAST(day AS STRING) ELSE FALSE END{{else}}order_id <> CAST(day AS STRING){{end}}
GROUP BY source, customer, order_id
