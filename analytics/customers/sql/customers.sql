-- Purpose: each customer's history as the numbers that the stages need.
-- Grain:   one row per customer with at least one order, in order of id.
-- In:      customer_day; ledger, for labels; $1 the first day of the RFM
--          window, $2 the first day of the tier window.
-- Out:     days are purchase days (days with an order) unless they say
--          otherwise; gaps are whole days between neighbours; all exact.
WITH walked AS (
    -- a customer's purchase days in order, and beside them the days with
    -- nothing but returns
    SELECT
        customer,
        day,
        orders,
        returns,
        net,
        sold,
        cost,
        orders > 0                                                   AS bought,
        row_number() OVER of_customer                                AS place,
        CAST(date_diff('day', lag(day) OVER of_customer, day) AS BIGINT) AS gap,
        CAST(sold AS DECIMAL(38, 2))                                 AS sold_cents  -- wide: a product keeps its factors' digits
    FROM customer_day
    WINDOW of_customer AS (PARTITION BY customer, orders > 0 ORDER BY day)
),
reduced AS (
    SELECT
        customer,
        min(day) FILTER (WHERE bought)                                                       AS first_day,
        max(day) FILTER (WHERE bought)                                                       AS last_day,
        CAST(sum(orders) AS BIGINT)                                                          AS orders,
        count(*) FILTER (WHERE bought)                                                       AS purchase_days,
        CAST(sum(returns) AS BIGINT)                                                         AS returns,
        CAST(sum(net) AS DECIMAL(38, 6))                                                     AS net,
        CAST(sum(sold) AS DECIMAL(38, 6))                                                    AS sold,
        CAST(sum(cost) AS DECIMAL(38, 6))                                                    AS cost,
        CAST(coalesce(sum(sold) FILTER (WHERE bought AND place = 1), 0) AS DECIMAL(38, 6))   AS first_sold,
        CAST(sum(sold_cents * sold_cents) FILTER (WHERE bought) AS DECIMAL(38, 4))           AS sum_squared_sold,
        CAST(coalesce(sum(gap) FILTER (WHERE bought AND place = 2), 0) AS BIGINT)            AS first_gap,
        CAST(coalesce(sum(gap) FILTER (WHERE bought AND place = 3), 0) AS BIGINT)            AS second_gap,
        CAST(coalesce(sum(gap * gap) FILTER (WHERE bought), 0) AS BIGINT)                    AS sum_squared_gaps,
        CAST(sum(date_diff('day', DATE '1970-01-01', day)) FILTER (WHERE bought) AS BIGINT)  AS sum_days,
        CAST(coalesce(sum(orders) FILTER (WHERE day >= CAST($1 AS DATE)), 0) AS BIGINT)      AS rfm_orders,
        CAST(coalesce(sum(net) FILTER (WHERE day >= CAST($1 AS DATE)), 0) AS DECIMAL(38, 6)) AS rfm_net,
        CAST(coalesce(sum(orders) FILTER (WHERE day >= CAST($2 AS DATE)), 0) AS BIGINT)      AS tier_orders,
        count(*) FILTER (WHERE bought AND day >= CAST($2 AS DATE))                           AS tier_purchase_days,
        CAST(coalesce(sum(net) FILTER (WHERE day >= CAST($2 AS DATE)), 0) AS DECIMAL(38, 6)) AS tier_net
    FROM walked
    GROUP BY customer
)
{{- range .Attributes}},
{{.Name}}_counted AS (
    SELECT customer, {{.Column}} AS label, count(*) AS rows
    FROM ledger
    WHERE reason IS NULL AND NOT is_return AND {{.Column}} IS NOT NULL
    GROUP BY customer, label
),
{{.Name}} AS (
    -- the label of most rows; of those that tie, the first in the alphabet
    SELECT customer, min_by(label, struct_pack(fewest := -rows, label := label)) AS label
    FROM {{.Name}}_counted
    GROUP BY customer
)
{{- end}}
SELECT
    reduced.*
{{- range .Attributes}},
    {{.Name}}.label AS {{.Column}}
{{- end}}
FROM reduced
{{- range .Attributes}}
LEFT JOIN {{.Name}} ON {{.Name}}.customer = reduced.customer
{{- end}}
WHERE reduced.purchase_days > 0
ORDER BY reduced.customer
