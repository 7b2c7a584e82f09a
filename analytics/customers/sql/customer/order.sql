-- Purpose: each order and each return of a customer, for Go to make days and customers of.
-- Grain:   one row per customer, source, order and direction.
-- In:      customer_order.
-- Out:     exact. To sort these rows takes the engine half of what it takes to make days of
--          them, and Go, which has them in order, adds them up as they come.
SELECT
    customer,
    day,
    is_return,
    -- an id that is used again makes one order of two
    {{if .OneLine}}FALSE{{else}}NOT is_return AND {{days "day" "last_day"}} > 7{{end}} AS long_order,
    amount
{{- if .HasCost}},
    CAST(coalesce(cost, 0) AS DECIMAL(38, 6)) AS cost
{{- end}}
{{- if .ListPrice}},
    premium
{{- end}}
{{- range .Numbers}},
    {{.Name}},
    {{.Unread}}
{{- end}}
FROM customer_order
