-- Purpose: what each order or return of a customer comes to. An order belongs to the
--          day of its first line, also where its lines run past midnight; what
--          is returned of it, to the day of its first return.
-- Grain:   one row per customer, source, order and direction.
-- In:      ledger.
-- Out:     exact sums; a number is the sum over all rows of what in them is a number,
--          unread counts the rows that have something else.
-- Adds up: days by min and max, all else by sum, over equal customer, source, order_id
--          and is_return. Days would not: an order may have lines in two files.
--
-- Two sources number their orders by themselves: the same id in both is two orders.{{if .OneSource}} Of one
-- source nothing is gained by its number among the keys of ten million rows.{{end}}
SELECT
    customer,
    {{if .OneSource}}CAST(0 AS INTEGER) AS {{end}}source,
    order_id,
    is_return,
    min(day)                                                                           AS day,
    max(day)                                                                           AS last_day,
    CAST(sum(amount) AS DECIMAL(38, 6))                                                AS amount
{{- if .HasCost}},
    CAST(sum(cost) AS DECIMAL(38, 6))                                                  AS cost
{{- end}}
{{- if .ListPrice}},
    CAST(sum({{template "premium"}}) AS DECIMAL(38, 6)) AS premium
{{- end}}
{{- template "numbers" .}}
FROM ledger
WHERE reason IS NULL
GROUP BY customer, {{if not .OneSource}}source, {{end}}order_id, is_return
