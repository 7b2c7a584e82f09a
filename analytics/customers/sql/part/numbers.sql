{{- /* The sums of numbers, and how many rows have something else. */ -}}
{{define "numbers"}}
{{- range .Numbers}},
    CAST(coalesce(sum({{number .Column "DECIMAL(18, 6)"}}), 0) AS DECIMAL(38, 6))  AS {{.Name}},
    count(*) FILTER (WHERE {{.Column}} IS NOT NULL AND {{number .Column "DECIMAL(18, 6)"}} IS NULL) AS {{.Unread}}
{{- end}}
{{- end}}
