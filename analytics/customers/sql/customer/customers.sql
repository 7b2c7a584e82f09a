-- Purpose: each customer's history as the numbers that the stages need.
-- Grain:   one row per customer with at least one order.
-- In:      customer_day; $1 the first day of the RFM window.
-- Out:     days are purchase days (days with an order) unless they say
--          otherwise; all exact.
WITH reduced AS (
    SELECT
        customer,
        min(day) FILTER (WHERE orders > 0)                                                   AS first_day,
        max(day) FILTER (WHERE orders > 0)                                                   AS last_day,
        CAST(sum(orders) AS BIGINT)                                                          AS orders,
        count(*) FILTER (WHERE orders > 0)                                                   AS purchase_days,
        count(*) FILTER (WHERE orders > 0 AND sold > 0)                                      AS paid_days,
        CAST(sum(returns) AS BIGINT)                                                         AS returns,
        CAST(sum(net) AS DECIMAL(38, 6))                                                     AS net,
        CAST(sum(sold) AS DECIMAL(38, 6))                                                    AS sold,
        CAST({{if .HasCost}}sum(cost){{else}}0{{end}} AS DECIMAL(38, 6))                     AS cost,
        CAST(coalesce(min_by(sold, day) FILTER (WHERE orders > 0), 0) AS DECIMAL(38, 6))     AS first_sold,
{{- if .ByDay}}
        count(*) FILTER (WHERE orders > 0 AND day >= CAST($1 AS DATE))                       AS rfm_orders,
{{- else}}
        CAST(coalesce(sum(orders) FILTER (WHERE day >= CAST($1 AS DATE)), 0) AS BIGINT)      AS rfm_orders,
{{- end}}
{{- if .Amounts}}
        array_sort({{if .PerOrder}}flatten({{list}}(order_amounts){{else}}({{list}}(sold){{end}} FILTER (WHERE orders > 0 AND day >= CAST($1 AS DATE)))) AS rfm_amounts,
{{- end}}
        CAST(coalesce(sum(net) FILTER (WHERE day >= CAST($1 AS DATE)), 0) AS DECIMAL(38, 6)) AS rfm_net
    FROM customer_day
    GROUP BY customer
)
SELECT
    reduced.*{{if .Amounts}} {{but}} (rfm_amounts),
    -- twice the largest amount, or the two in the middle, which may be one: the
    -- half is taken where it rounds as money does
    {{- if eq .Amounts "max"}}
    CAST(coalesce(2 * {{entry "rfm_amounts" "-1"}}, 0) AS DECIMAL(38, 6)) AS rfm_twice
    {{- else}}
    CAST(coalesce({{$n := length_of "rfm_amounts"}}{{entry "rfm_amounts" (quotient (print $n " + 1") "2")}} + {{entry "rfm_amounts" (print (quotient $n "2") " + 1")}}, 0) AS DECIMAL(38, 6)) AS rfm_twice
    {{- end}}
{{- end}}
FROM reduced
WHERE reduced.purchase_days > 0
