-- Purpose: what the list of customers leaves out or should be doubted for: the
--          customers of whom the exports show returns but no order, with their
--          money, so that the books still close; orders whose lines lie
--          more than a week apart; rows with something else than a number
--          where tiers count one.
-- Grain:   one row.
-- In:      customer_day.
-- Out:     customers of whom all orders came back are counted by themselves.
SELECT
    count(*) FILTER (WHERE placed = 0)                                             AS customers,
    CAST(coalesce(sum(net) FILTER (WHERE placed = 0), 0) AS DECIMAL(38, 6))        AS net,
    count(*) FILTER (WHERE placed > 0 AND orders = 0)                              AS undone,
    CAST(coalesce(sum(net) FILTER (WHERE placed > 0 AND orders = 0), 0) AS DECIMAL(38, 6)) AS undone_net,
    CAST(coalesce(sum(long_orders), 0) AS BIGINT)                                  AS long_orders,
    {{list}}(customer) FILTER (WHERE orders = 0)                                       AS ids
{{- range .Numbers}},
    CAST(coalesce(sum({{.Unread}}), 0) AS BIGINT)                                  AS {{.Unread}}
{{- end}}
FROM (
    SELECT customer, sum(orders) AS orders, sum({{.Placed}}) AS placed, sum(net) AS net, sum(long_orders) AS long_orders
    {{- range .Numbers}}, sum({{.Unread}}) AS {{.Unread}}{{end}}
    FROM customer_day
    GROUP BY customer
)
