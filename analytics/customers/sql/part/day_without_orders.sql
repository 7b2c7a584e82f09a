-- Purpose: what each customer did on each day, where no source names orders: what a
--          customer buys on one day is one order.
-- Grain:   one row per customer and day with an order or a return.
-- In:      ledger.
-- Out:     net is what was bought less what was given back; sold is what was bought. Exact.
-- Adds up: orders and returns by max, all else by sum, over equal customer and day.
SELECT
    customer,
    day,
    CAST(count(*) FILTER (WHERE NOT is_return) > 0 AS INTEGER)                         AS orders,
    CAST(count(*) FILTER (WHERE is_return) > 0 AS INTEGER)                             AS returns,
    0                                                                                  AS long_orders,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS net,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))      AS sold
{{- if .HasCost}},
    CAST(coalesce(sum(cost), 0) AS DECIMAL(38, 6))                                     AS cost
{{- end}}
{{- if .ListPrice}},
    CAST(sum({{template "premium"}}) AS DECIMAL(38, 6)) AS premium
{{- end}}
{{- template "numbers" .}}
FROM ledger
WHERE reason IS NULL
GROUP BY customer, day
