{{- /* Whether a row lies after $1 and no reason before that sets it aside: a time that cannot
       be read is that of its refund where the row has a day. */ -}}
{{define "late" -}}
day > CAST($1 AS DATE) AND day BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'
    AND (reason IS NULL OR reason IN ('time_unreadable', 'amount_unreadable', 'anonymous'))
{{- end}}
