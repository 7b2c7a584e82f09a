-- Purpose: what rows of files of responses say, each thing once.
-- Grain:   one row per reason, customer, time, campaign, channel and event; of the rows
--          that say nothing, one per reason.
-- In:      ledger.
-- Out:     said counts the rows. A row without a time that can be read goes by its
--          customer and its event, as some events bind whenever they were.
WITH spoken AS (
    SELECT
        coalesce(reason, '')                                                         AS reason,
        reason IS NULL OR reason IN ('no_time', 'time_unreadable')                   AS speaks,
        reason IS NULL                                                               AS timed,
        coalesce(customer, '')                                                       AS customer,
        coalesce(clock, '')                                                          AS clock,
        {{.Campaign}} AS campaign,
        {{.Channel}} AS channel,
        {{.Event}} AS event
    FROM ledger
)
SELECT
    reason,
    CASE WHEN speaks THEN customer ELSE '' END AS customer,
    CASE WHEN timed THEN clock ELSE '' END     AS clock,
    CASE WHEN speaks THEN campaign ELSE '' END AS campaign,
    CASE WHEN speaks THEN channel ELSE '' END  AS channel,
    CASE WHEN speaks THEN event ELSE '' END    AS event,
    count(*)                                   AS said
FROM spoken
GROUP BY ALL
ORDER BY ALL
