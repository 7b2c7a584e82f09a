-- Purpose: what is said beside a customer's rows, and when{{if .Aside}}; rows that are set aside too{{end}}.
-- Grain:   one row per customer{{if .By}}, whose word it is{{end}} and value{{if .Aside}}, of rows that are used and of those that are not{{end}}.
-- In:      ledger.
-- Adds up: first_day by min, last_day by max, over equal customer{{if .By}}, said_by{{end}}, value and used.
SELECT
    customer,
{{- if .By}}
    said_by,
{{- end}}
    value,
    used,
    min(day) AS first_day,
    max(day) AS last_day
FROM (
    SELECT
        customer,
{{- if .By}}
        {{.By}} AS said_by,
{{- end}}
        {{.Column}} AS value,
        {{if .Aside}}reason IS NULL{{else}}TRUE{{end}} AS used,
        -- of rows set aside the day may be missing or none: the last that there is
        {{if .Aside}}CASE WHEN day BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' THEN day ELSE DATE '9999-12-31' END AS day{{else}}day{{end}}
    FROM ledger
    WHERE {{if .Aside}}customer IS NOT NULL{{else}}reason IS NULL{{end}}
)
WHERE value IS NOT NULL
GROUP BY customer{{if .By}}, said_by{{end}}, value, used
