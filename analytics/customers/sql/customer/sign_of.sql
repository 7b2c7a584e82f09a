-- Purpose: what is said beside each customer's rows, for Go to decide by.
-- Grain:   one row per customer{{if .By}}, whose word it is{{end}}, value and whether the rows are used.
-- In:      {{.Sign}}.
SELECT customer, {{if .By}}said_by, {{end}}value, used, first_day, last_day
FROM {{.Sign}}
