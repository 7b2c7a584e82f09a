-- Purpose: the columns of the export that the reduction needs.
-- Grain:   one row per row of the export.
-- In:      the export. Read once per statement that asks for lines: that costs
--          less than a copy of ten million rows.
CREATE TEMP VIEW lines AS
SELECT
    customer_id,
    order_id,
    CAST(time AS DATE) AS day,
    amount,
    channel,
    region
FROM {{reader}}
