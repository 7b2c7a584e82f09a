-- Purpose: the labels that the rows of each customer's first purchase day have.
-- Grain:   one row per customer, day and labels, of the first day that the rows here
--          show.
-- In:      ledger{{if .Moved}}; moved: an order of which nothing is left is none{{end}}.
-- Adds up: rows by sum, over equal customer, day and labels; only the first day counts.
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
SELECT customer, day{{range .Labels}}, {{.Name}}{{end}}, count(*) AS rows
FROM {{template "sale" .}}
JOIN (SELECT customer, min(day) AS day FROM {{template "sale" .}} GROUP BY customer) AS first USING (customer, day)
GROUP BY customer, day{{range .Labels}}, {{.Name}}{{end}}
