-- Purpose: the labels that the rows of each customer's first purchase day have.
-- Grain:   one row per customer, day and labels; of files that were read by themselves also
--          of days that are not the first.
-- In:      first_label.
SELECT customer, day{{range .Labels}}, {{.Name}}{{end}}, rows
FROM first_label
