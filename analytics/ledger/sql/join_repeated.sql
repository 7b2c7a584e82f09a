-- Purpose: keys that stand in joined files several times, with different values.
-- Grain:   one row.
-- In:      the rows of the joined files, and their index.
-- Out:     such keys and their rows, the first of these, and of the columns in
--          use which differ, in their order.
WITH repeated AS (
    SELECT
        {{join .Keys}}
{{- range .Values}},
        count({{.}}) NOT IN (0, count(*)) OR min({{.}}) IS DISTINCT FROM max({{.}}) AS {{.}}
{{- end}}
    FROM {{.Table}}
    GROUP BY {{join .Keys}}
    HAVING count(*) > 1
),
found AS (
    SELECT
        min(struct_pack(file := file, line := line)) AS first,
        count(*)                                     AS lines
    FROM {{.Rows}}
    SEMI JOIN repeated USING ({{join .Keys}})
    WHERE NOT malformed
)
SELECT
    (SELECT count(*) FROM repeated) AS keys,
    lines,
    first.file,
    first.line
{{- range .Values}},
    coalesce((SELECT bool_or({{.}}) FROM repeated), FALSE)
{{- end}}
FROM found
