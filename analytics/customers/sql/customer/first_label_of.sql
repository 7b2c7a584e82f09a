-- Purpose: each customer's labels on the first purchase day: of each attribute that of
--          most rows; of those that tie, the first in the alphabet.
-- Grain:   one row per customer; a label is NULL where no row of the day has one.
-- In:      first_label.
WITH first AS (
    SELECT customer, day{{range .Labels}}, {{.Name}}{{end}}, rows
    FROM first_label
    JOIN (SELECT customer, min(day) AS day FROM first_label GROUP BY customer) AS earliest USING (customer, day)
),
{{- range .Labels}}
{{.Name}}_of AS (
    SELECT customer, min_by({{.Name}}, {{pair "-rows" .Name}}) AS {{.Name}}
    FROM (SELECT customer, {{.Name}}, CAST(sum(rows) AS BIGINT) AS rows FROM first WHERE {{.Name}} IS NOT NULL GROUP BY customer, {{.Name}})
    GROUP BY customer
),
{{- end}}
each AS (SELECT DISTINCT customer FROM first)
SELECT each.customer{{range .Labels}}, {{.Name}}_of.{{.Name}}{{end}}
FROM each
{{- range .Labels}}
LEFT JOIN {{.Name}}_of ON {{.Name}}_of.customer = each.customer
{{- end}}
