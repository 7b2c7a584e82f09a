-- Purpose: the ids that are published under another, as a table.
-- Grain:   one row per such id.
-- In:      a feed of rows with alias and customer.
CREATE TEMP TABLE aliases AS
SELECT alias, customer
FROM {{.Reader}}
