-- Purpose: what each customer did on each day.
-- Grain:   one row per customer and day with an order or a return.
-- In:      customer_order.
-- Out:     net is what was bought less what was given back; sold is what was
--          bought. Exact.
SELECT
    customer,
    day,
    CAST(count(*) FILTER (WHERE NOT is_return) AS INTEGER)                             AS orders,
    CAST(count(*) FILTER (WHERE is_return) AS INTEGER)                                 AS returns,
    -- an id that is used again makes one order of two
    CAST(count(*) FILTER (WHERE NOT is_return AND {{days "day" "last_day"}} > 7) AS INTEGER) AS long_orders,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS net,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))      AS sold
{{- if .HasCost}},
    CAST(coalesce(sum(cost), 0) AS DECIMAL(38, 6))                                     AS cost
{{- end}}
{{- if .ListPrice}},
    CAST(coalesce(sum(premium) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))     AS premium
{{- end}}
{{- if .PerOrder}},
    -- what each order sold: the days' sums do not tell their median or maximum
    {{list}}(CAST(amount AS DECIMAL(38, 6))) FILTER (WHERE NOT is_return)                  AS order_amounts
{{- end}}
{{- range .Numbers}},
    CAST(sum({{.Name}}) AS DECIMAL(38, 6))                                             AS {{.Name}},
    CAST(sum({{.Unread}}) AS BIGINT)                                                   AS {{.Unread}}
{{- end}}
FROM customer_order
GROUP BY customer, day
