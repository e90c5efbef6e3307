-- Web and catalog sales of each weekday, as ratios of one week to the same week of the next year
WITH sales AS (
    SELECT ws_sold_date_sk AS date_sk, ws_ext_sales_price AS price FROM web_sales
    UNION ALL
    SELECT cs_sold_date_sk, cs_ext_sales_price FROM catalog_sales
),
weekly AS (
    SELECT
        d_week_seq AS week_seq,
        sum(price) FILTER (WHERE d_day_name = 'Sunday') AS sun,
        sum(price) FILTER (WHERE d_day_name = 'Monday') AS mon,
        sum(price) FILTER (WHERE d_day_name = 'Tuesday') AS tue,
        sum(price) FILTER (WHERE d_day_name = 'Wednesday') AS wed,
        sum(price) FILTER (WHERE d_day_name = 'Thursday') AS thu,
        sum(price) FILTER (WHERE d_day_name = 'Friday') AS fri,
        sum(price) FILTER (WHERE d_day_name = 'Saturday') AS sat
    FROM sales
    JOIN date_dim ON d_date_sk = date_sk
    GROUP BY d_week_seq
),
this_year AS (
    SELECT weekly.*
    FROM weekly
    JOIN date_dim ON d_week_seq = week_seq
    WHERE d_year = 2001
),
next_year AS (
    SELECT weekly.*
    FROM weekly
    JOIN date_dim ON d_week_seq = week_seq
    WHERE d_year = 2001 + 1
)
SELECT
    t.week_seq AS d_week_seq1,
    round(t.sun / nullif(n.sun, 0), 2) AS sun_ratio,
    round(t.mon / nullif(n.mon, 0), 2) AS mon_ratio,
    round(t.tue / nullif(n.tue, 0), 2) AS tue_ratio,
    round(t.wed / nullif(n.wed, 0), 2) AS wed_ratio,
    round(t.thu / nullif(n.thu, 0), 2) AS thu_ratio,
    round(t.fri / nullif(n.fri, 0), 2) AS fri_ratio,
    round(t.sat / nullif(n.sat, 0), 2) AS sat_ratio
FROM this_year t
JOIN next_year n ON n.week_seq - 53 = t.week_seq
ORDER BY t.week_seq
