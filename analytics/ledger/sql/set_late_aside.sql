-- Purpose: set aside the rows that lie after the last day that counts.
-- In:      ledger; $1 the day.
-- Out:     the reason stands before those that come after it in the order of reasons.{{if .}} What a row
--          says that binds is not known yet, whatever sets the row aside.{{end}}
UPDATE ledger
SET reason = {{if .}}CASE WHEN {{template "late"}} THEN 'after_as_of' ELSE reason END{{else}}'after_as_of'{{end}}
{{- range .}},
    {{.}} = NULL
{{- end}}
WHERE {{if .}}{{template "after"}}{{else}}{{template "late"}}{{end}}
