-- Purpose: the things that were bought{{if .Parents}}, each with its category: that of most of its
--          rows; of those that tie, the first in the alphabet{{end}}.
-- Grain:   one row per thing{{if .Parents}}; parent is NULL where no row has one{{end}}.
-- In:      basket_{{.Level}}{{if .Parents}}; product_category{{end}}; $1 the first day that is looked at.
SELECT things.thing{{if .Parents}}, parents.category AS parent{{end}}
FROM (SELECT DISTINCT thing FROM basket_{{.Level}} WHERE day >= CAST($1 AS DATE)) AS things
{{- if .Parents}}
LEFT JOIN (
    SELECT
        product,
        min_by(category, {{pair "-rows" "category"}}) FILTER (WHERE category IS NOT NULL) AS category
    FROM product_category
    GROUP BY product
) AS parents ON parents.product = things.thing
{{- end}}
