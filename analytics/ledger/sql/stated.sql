{{- /* What a row states, as rows of one order are compared by it: money in the row's own
currency, since what that is worth differs by day. A return has its sign. */ -}}
{{define "total" -}}
{{if .Currencies}}CASE WHEN ledger.amount IS NOT NULL THEN struct_pack(
            currency := CASE WHEN ledger.amount <> 0 THEN ledger.currency END,
            money := CASE WHEN ledger.is_return THEN -abs(ledger.original) ELSE ledger.original END) END
{{- else}}ledger.amount{{end}}
{{- end}}
{{define "given_back"}}{{if .Currencies}}ledger.refund_original{{else}}ledger.refund{{end}}{{end}}
