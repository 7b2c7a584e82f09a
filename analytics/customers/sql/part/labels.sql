-- Purpose: the labels that each customer's rows have, of attributes of which those of the
--          first purchase day are wanted too.
-- Grain:   one row per customer and labels.
-- In:      ledger{{if .Moved}}; moved: an order of which nothing is left is none{{end}}.
-- Out:     day is the customer's first that the rows here show; first_rows are those of that day.
-- Adds up: rows and first_rows by sum, over equal customer, day and labels; first_rows count of
--          a customer's first day only.
--
-- The sales are no WITH: DuckDB would make a copy of them all.
{{- define "sale"}}(
    SELECT customer, day{{range .Labels}}, {{.Column}} AS {{.Name}}{{end}}
    FROM ledger
{{- if .Moved}}
    ANTI JOIN (SELECT customer, source, order_id FROM moved WHERE undone) AS undone USING (customer, source, order_id)
{{- end}}
    WHERE reason IS NULL AND NOT is_return
) AS sale
{{- end}}
SELECT
    customer,
    first.day AS day
{{- range .Labels}},
    {{.Name}}
{{- end}},
    count(*) AS rows,
    count(*) FILTER (WHERE sale.day = first.day) AS first_rows
FROM {{template "sale" .}}
JOIN (SELECT customer, min(day) AS day FROM {{template "sale" .}} GROUP BY customer) AS first USING (customer)
GROUP BY customer, first.day{{range .Labels}}, {{.Name}}{{end}}
