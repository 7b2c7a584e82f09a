-- Purpose: what is looked up in joined files.
-- Grain:   one row per key and different values; per key, where the files are
--          fit to be joined.
-- In:      the rows of the joined files.
CREATE TEMP TABLE {{.Table}} AS
SELECT DISTINCT
    {{join .Keys}}
{{- range .Values}},
    {{.}}
{{- end}}
FROM {{.Rows}}
WHERE NOT malformed
{{- range .Keys}}
    AND {{.}} IS NOT NULL
{{- end}}
