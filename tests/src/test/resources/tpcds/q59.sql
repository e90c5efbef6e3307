-- A store's sales on each day of the week against those of the same week a year later
WITH weekly AS (
    SELECT
        d_week_seq,
        ss_store_sk,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Sunday') AS sun_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Monday') AS mon_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Tuesday') AS tue_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Wednesday') AS wed_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Thursday') AS thu_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Friday') AS fri_sales,
        sum(ss_sales_price) FILTER (WHERE d_day_name = 'Saturday') AS sat_sales
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    GROUP BY d_week_seq, ss_store_sk
),
dated AS (
    SELECT s_store_name, s_store_id, d_month_seq, weekly.*
    FROM weekly
    JOIN store ON s_store_sk = ss_store_sk
    JOIN date_dim ON date_dim.d_week_seq = weekly.d_week_seq
    WHERE d_month_seq BETWEEN 1212 AND 1212 + 23
)
SELECT
    a.s_store_name AS store_name,
    a.s_store_id AS store_id,
    a.d_week_seq AS week_seq,
    round(CAST(a.sun_sales AS double) / nullif(CAST(b.sun_sales AS double), 0), 4) AS sun_ratio,
    round(CAST(a.mon_sales AS double) / nullif(CAST(b.mon_sales AS double), 0), 4) AS mon_ratio,
    round(CAST(a.tue_sales AS double) / nullif(CAST(b.tue_sales AS double), 0), 4) AS tue_ratio,
    round(CAST(a.wed_sales AS double) / nullif(CAST(b.wed_sales AS double), 0), 4) AS wed_ratio,
    round(CAST(a.thu_sales AS double) / nullif(CAST(b.thu_sales AS double), 0), 4) AS thu_ratio,
    round(CAST(a.fri_sales AS double) / nullif(CAST(b.fri_sales AS double), 0), 4) AS fri_ratio,
    round(CAST(a.sat_sales AS double) / nullif(CAST(b.sat_sales AS double), 0), 4) AS sat_ratio
FROM dated a
JOIN dated b ON b.s_store_id = a.s_store_id AND b.d_week_seq - 52 = a.d_week_seq
WHERE a.d_month_seq BETWEEN 1212 AND 1212 + 11
  AND b.d_month_seq BETWEEN 1212 + 12 AND 1212 + 23
ORDER BY store_name, store_id, week_seq, sun_ratio, mon_ratio, tue_ratio, wed_ratio, thu_ratio, fri_ratio, sat_ratio
LIMIT 100
