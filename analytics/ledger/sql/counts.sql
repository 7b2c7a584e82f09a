{{- /* Whether a row is used, or may be yet: a line without its order's total. */ -}}
{{define "counts" -}}
{{if .Totals}}customer IS NOT NULL AND (reason IS NULL OR reason = 'amount_unreadable' AND source IN ({{.Totals}})){{else}}reason IS NULL{{end}}
{{- end}}
