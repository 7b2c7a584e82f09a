-- Purpose: the labels of one attribute that each customer's rows have.
-- Grain:   one row per customer and label.
-- In:      ledger{{if .Moved}}; moved: an order of which nothing is left is none{{end}}.
-- Adds up: rows by sum, over equal customer and label.
SELECT customer, {{.Column}} AS label, count(*) AS rows
FROM ledger
{{- if .Moved}}
ANTI JOIN (SELECT customer, source, order_id FROM moved WHERE undone) AS undone USING (customer, source, order_id)
{{- end}}
WHERE reason IS NULL AND NOT is_return AND {{.Column}} IS NOT NULL
GROUP BY customer, {{.Column}}
