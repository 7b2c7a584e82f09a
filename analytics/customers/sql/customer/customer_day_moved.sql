-- Purpose: what each customer did on each day, where returns take back sales.
-- Grain:   one row per customer and day with an order or a return.
-- In:      customer_order; moved.
-- Out:     net is what was bought less what was given back; sold is what was bought. Exact.
--          What takes back a sale counts on the day of the sale, in
--          net, sold and cost, and an order of which nothing is left is none. placed
--          and flow are orders and net as they were on the day.
--          bought is what was bought by the orders that stand, before anything came back.
--          gone_day is the day by which nothing of the day was left; NULL: something is.
WITH kept_order AS (
    SELECT
        o.customer,
        o.day,
        o.last_day,
        o.is_return,
        NOT o.is_return AND NOT coalesce(m.undone, FALSE)                              AS stands,
        m.undone_day                                                                   AS undone_day,
        o.amount                                                                       AS flow,
        o.amount + coalesce(m.money, 0)                                                AS amount
{{- if .HasCost}},
        o.cost + coalesce(m.cost, 0)                                                   AS cost
{{- end}}
{{- if .ListPrice}},
        o.premium
{{- end}}
{{- range .Numbers}},
        o.{{.Name}},
        o.{{.Unread}}
{{- end}}
    FROM customer_order AS o
    LEFT JOIN moved AS m
        ON m.customer = o.customer AND m.source = o.source AND m.order_id = o.order_id AND m.is_return = o.is_return
)
SELECT
    customer,
    day,
{{- if .HasOrders}}
    CAST(count(*) FILTER (WHERE stands) AS INTEGER)                                    AS orders,
    CAST(count(*) FILTER (WHERE NOT is_return) AS INTEGER)                             AS placed,
    CAST(count(*) FILTER (WHERE is_return) AS INTEGER)                                 AS returns,
    CAST(count(*) FILTER (WHERE NOT is_return AND {{days "day" "last_day"}} > 7) AS INTEGER) AS long_orders,
{{- else}}
    -- what a customer buys on one day is one order
    CAST(coalesce(bool_or(stands), FALSE) AS INTEGER)                                  AS orders,
    CAST(bool_or(NOT is_return) AS INTEGER)                                            AS placed,
    CAST(bool_or(is_return) AS INTEGER)                                                AS returns,
    0                                                                                  AS long_orders,
{{- end}}
    -- the day from which it was known that there was no purchase
    CASE WHEN bool_or(NOT is_return) AND NOT bool_or(stands) THEN max(undone_day) FILTER (WHERE NOT is_return) END AS gone_day,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS net,
    CAST(sum(flow) AS DECIMAL(38, 6))                                                  AS flow,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_return), 0) AS DECIMAL(38, 6))      AS sold
{{- if .HasCost}},
    CAST(coalesce(sum(cost), 0) AS DECIMAL(38, 6))                                     AS cost
{{- end}}
{{- if .KeepSales}},
    CAST(coalesce(sum(flow) FILTER (WHERE stands), 0) AS DECIMAL(38, 6))               AS bought
{{- end}}
{{- if .ListPrice}},
    CAST(coalesce(sum(premium) FILTER (WHERE stands), 0) AS DECIMAL(38, 6))            AS premium
{{- end}}
{{- if .PerOrder}},
    {{list}}(CAST(amount AS DECIMAL(38, 6))) FILTER (WHERE stands)                         AS order_amounts
{{- end}}
{{- range .Numbers}},
    CAST(sum({{.Name}}) AS DECIMAL(38, 6))                                             AS {{.Name}},
    CAST(sum({{.Unread}}) AS BIGINT)                                                   AS {{.Unread}}
{{- end}}
FROM kept_order
GROUP BY customer, day
