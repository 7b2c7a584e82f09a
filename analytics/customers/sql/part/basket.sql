-- Purpose: what each customer bought on each day, by category or by product.
-- Grain:   one row per customer, day and thing.
-- In:      ledger{{if .Moved}}; moved: an order of which nothing is left is none{{end}}.
-- Adds up: {{if .Spent}}spent by sum, over equal customer, day and thing{{else}}each row once{{end}}.
--
-- Only rows that say what was bought: a day without one is no basket in which
-- a thing could be missing.
{{- if .Spent}}
SELECT customer, day, {{.Level}} AS thing, CAST(sum(amount{{if .ListPrice}} - {{template "premium"}}{{end}}) AS DECIMAL(38, 6)) AS spent
{{- else}}
SELECT DISTINCT customer, day, {{.Level}} AS thing
{{- end}}
FROM ledger
{{- if .Moved}}
ANTI JOIN (SELECT customer, source, order_id FROM moved WHERE undone) AS undone USING (customer, source, order_id)
{{- end}}
WHERE reason IS NULL AND NOT is_return AND {{.Level}} IS NOT NULL
{{- if .Spent}}
GROUP BY customer, day, {{.Level}}
{{- end}}
