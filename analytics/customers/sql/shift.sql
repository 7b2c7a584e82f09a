-- Purpose: how each thing moved for all customers: the sums of Mantel and
--          Haenszel, by window (segment.ShiftSums has the formula).
-- Grain:   one row per thing, in order of name.
-- In:      interest_{{.Level}}{{if .Parents}}; product_category{{end}}.
-- Out:     sums in millionths, each customer's part cut off there, so that they do
--          not depend on the order of rows.
SELECT
    thing
{{- if .Parents}},
    any_value(product_category.category)                                               AS parent
{{- end}}
{{- range .Windows}},
    CAST(sum(CAST(floor(
        1e6 * with_{{.N}} * ((baskets_all - baskets_{{.N}}) - (with_all - with_{{.N}})) / baskets_all
    ) AS BIGINT)) AS BIGINT)                                                           AS rise_{{.N}},
    CAST(sum(CAST(floor(
        1e6 * (with_all - with_{{.N}}) * (baskets_{{.N}} - with_{{.N}}) / baskets_all
    ) AS BIGINT)) AS BIGINT)                                                           AS fall_{{.N}}
{{- end}}
FROM interest_{{.Level}}
{{- if .Parents}}
LEFT JOIN product_category ON product_category.product = thing
{{- end}}
GROUP BY thing
ORDER BY thing
