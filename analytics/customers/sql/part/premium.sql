{{- /* What a row was paid above its list price; a list price of 0 or below is none. */ -}}
{{define "premium" -}}
CASE WHEN NOT is_return AND list_price > 0 AND amount > list_price THEN amount - list_price ELSE 0 END
{{- end}}
