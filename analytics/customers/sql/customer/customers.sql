-- Purpose: each customer's history as the numbers that the stages need.
-- Grain:   one row per customer with at least one order.
-- In:      customer_day{{if .FirstLabels}}; first_label_of{{end}}; $1 the first day of the RFM window{{if .Activity}}, $2 the first day of the activity{{end}}.
-- Out:     days are purchase days (days with an order) unless they say
--          otherwise; all exact, but the amounts of single days are rounded to
--          doubles.
WITH reduced AS (
    SELECT
        customer,
        min(day) FILTER (WHERE orders > 0)                                                   AS first_day,
        max(day) FILTER (WHERE orders > 0)                                                   AS last_day,
{{- if .KeepDays}}
        -- of all together: two lists need not have one order{{if .KeepNet}}; with days of returns alone{{end}}
        {{list}}({{row}}
            {{field "day"}} day
{{- if .KeepSpend}},
            {{field "sold"}} CAST(sold AS DOUBLE)
{{- end}}
{{- if .KeepNet}},
            {{field "orders"}} CAST(orders AS INTEGER),
            {{field "net"}} net
{{- end}}
{{- if .KeepCost}},
            {{field "cost"}} cost
{{- end}}
{{- if .KeepSales}},
            {{field "bought"}} {{if .Moved}}bought{{else}}sold{{end}}
{{- end}}
{{- if .ListPrice}},
            {{field "premium"}} premium
{{- end}}
        {{end_row}}){{if not .KeepNet}} FILTER (WHERE orders > 0){{end}}                               AS days,
{{- end}}
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
{{- if .Activity}},
        -- amounts beyond what 18 digits hold stay at their end
        {{list}}({{row}}
            {{field "day"}} day,
            {{field "orders"}} CAST({{.Placed}} AS BIGINT),
            {{field "net"}} CAST(coalesce(TRY_CAST({{.Flow}} AS DECIMAL(18, 6)), CASE WHEN {{.Flow}} < 0 THEN -999999999999 ELSE 999999999999 END) AS DECIMAL(18, 6))
{{- range .Numbers}},
            {{field .Name}} CAST(coalesce(TRY_CAST({{.Name}} AS DECIMAL(18, 6)), CASE WHEN {{.Name}} < 0 THEN -999999999999 ELSE 999999999999 END) AS DECIMAL(18, 6))
{{- end}}
        {{end_row}}) FILTER (WHERE day >= CAST($2 AS DATE))                                            AS activity
{{- end}}
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
{{- range .FirstLabels}},
    first_label_of.{{.Name}}
{{- end}}
FROM reduced
{{- if .FirstLabels}}
LEFT JOIN (SELECT * FROM first_label_of) AS first_label_of ON first_label_of.customer = reduced.customer
{{- end}}
WHERE reduced.purchase_days > 0
