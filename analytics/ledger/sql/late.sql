{{- /* Whether a row lies after $1. A day that no shop sees is none. */ -}}
{{define "after" -}}
day > CAST($1 AS DATE) AND day BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'
{{- end}}
{{- /* Whether a row lies after $1 and no reason before that sets it aside: a time that cannot
       be read is that of its refund where the row has a day. */ -}}
{{define "late" -}}
{{template "after"}}
    AND (reason IS NULL OR reason IN ('time_unreadable', 'amount_unreadable', 'anonymous'))
{{- end}}
