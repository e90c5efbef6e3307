-- Web sales in the morning to those in the evening
SELECT CAST(amc AS decimal(15, 4)) / nullif(CAST(pmc AS decimal(15, 4)), 0) AS am_pm_ratio
FROM (
    SELECT
        count_if(t_hour BETWEEN 8 AND 8 + 1) AS amc,
        count_if(t_hour BETWEEN 19 AND 19 + 1) AS pmc
    FROM web_sales
    JOIN household_demographics ON hd_demo_sk = ws_ship_hdemo_sk
    JOIN time_dim ON t_time_sk = ws_sold_time_sk
    JOIN web_page ON wp_web_page_sk = ws_web_page_sk
    WHERE hd_dep_count = 6
      AND wp_char_count BETWEEN 5000 AND 5200
) AS counts
