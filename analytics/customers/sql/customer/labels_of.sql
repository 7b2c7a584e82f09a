-- Purpose: the labels that each customer's rows have, and those of the first purchase day.
-- Grain:   one row per customer, day and labels: of files that were read by themselves, day is
--          the first of these files.
-- In:      labels.
SELECT customer, day{{range .Labels}}, {{.Name}}{{end}}, rows, first_rows
FROM labels
