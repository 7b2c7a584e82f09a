-- Purpose: what each customer did on each day.
-- Grain:   one row per customer and day with an order or a return.
-- In:      ledger.
-- Out:     net is what was bought less what was given back; sold is what was
--          bought; numbers are sums of attributes over all rows, of what in them
--          is a number. Exact.
--
-- An order is placed on the day of its first line and its money counts there,
-- also where its lines run past midnight; what is returned of it counts on the
-- day of its first return. Two sources number their orders by themselves: the
-- same id in both is two orders.
CREATE TEMP TABLE customer_day AS
{{- if .HasOrders}}
WITH placed AS (
    SELECT
        customer,
        source,
        order_id,
        is_return,
        min(day)                             AS day,
        max(day)                             AS last_day,
        CAST(sum(amount) AS DECIMAL(38, 6))  AS amount
{{- if .HasCost}},
        CAST(sum(cost) AS DECIMAL(38, 6))    AS cost
{{- end}}
{{- range .Numbers}},
        CAST(coalesce(sum(TRY_CAST({{.Column}} AS DECIMAL(18, 6))), 0) AS DECIMAL(38, 6)) AS {{.Name}}
{{- end}}
    FROM ledger
    WHERE reason IS NULL
    GROUP BY customer, source, order_id, is_return
)
SELECT
    customer,
    day,
    CAST(count(*) FILTER (WHERE NOT is_return) AS INTEGER)                             AS orders,
    CAST(count(*) FILTER (WHERE is_return) AS INTEGER)                                 AS returns,
    -- an id that is used again makes one order of two
    CAST(count(*) FILTER (WHERE NOT is_return AND date_diff('day', day, last_day) > 7) AS INTEGER) AS long_orders,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS net,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))      AS sold
{{- if .HasCost}},
    CAST(coalesce(sum(cost), 0) AS DECIMAL(38, 6))                                     AS cost
{{- end}}
{{- if .PerOrder}},
    -- what each order sold: the days' sums do not tell their median or maximum
    list(CAST(amount AS DECIMAL(38, 6))) FILTER (WHERE NOT is_return)                  AS order_amounts
{{- end}}
{{- range .Numbers}},
    CAST(sum({{.Name}}) AS DECIMAL(38, 6))                                             AS {{.Name}}
{{- end}}
FROM placed
GROUP BY customer, day
{{- else}}
SELECT
    customer,
    day,
    -- no order ids: what a customer buys on one day is one order
    CAST(count(*) FILTER (WHERE NOT is_return) > 0 AS INTEGER)                         AS orders,
    CAST(count(*) FILTER (WHERE is_return) > 0 AS INTEGER)                             AS returns,
    0                                                                                  AS long_orders,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS net,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))      AS sold
{{- if .HasCost}},
    CAST(coalesce(sum(cost), 0) AS DECIMAL(38, 6))                                     AS cost
{{- end}}
{{- range .Numbers}},
    CAST(coalesce(sum(TRY_CAST({{.Column}} AS DECIMAL(18, 6))), 0) AS DECIMAL(38, 6))  AS {{.Name}}
{{- end}}
FROM ledger
WHERE reason IS NULL
GROUP BY customer, day
{{- end}}
