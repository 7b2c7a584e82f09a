-- Purpose: the categories that the rows of each product name.
-- Grain:   one row per product and category; category is NULL for rows without.
-- In:      ledger{{if .Moved}}; moved: an order of which nothing is left is none{{end}}.
-- Adds up: rows by sum, over equal product and category.
SELECT product, category, count(*) AS rows
FROM ledger
{{- if .Moved}}
ANTI JOIN (SELECT customer, source, order_id FROM moved WHERE undone) AS undone USING (customer, source, order_id)
{{- end}}
WHERE reason IS NULL AND NOT is_return AND product IS NOT NULL
GROUP BY product, category
