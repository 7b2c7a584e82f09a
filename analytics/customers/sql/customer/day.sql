-- Purpose: what each customer did day by day, for Go to make customers of.
-- Grain:   one row per customer and day with an order or a return.
-- In:      customer_day.
-- Out:     exact; net is what was bought less what was given back; sold is what was
--          bought{{if .Moved}}; placed and flow are what was done as it was on the day{{end}}.
SELECT
    customer,
    day,
    orders,
    returns,
    long_orders,
    net,
    sold
{{- if .HasCost}},
    cost
{{- end}}
{{- if .ListPrice}},
    premium
{{- end}}
{{- if .Moved}},
    placed,
    flow
{{- end}}
{{- if and .Moved .KeepSales}},
    bought
{{- end}}
{{- if .PerOrder}},
    order_amounts
{{- end}}
{{- range .Numbers}},
    {{.Name}},
    {{.Unread}}
{{- end}}
FROM customer_day
