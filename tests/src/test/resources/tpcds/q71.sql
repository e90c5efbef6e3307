-- Revenue of one manager's brands by minute, at breakfast and dinner time, through all channels
WITH sales AS (
    SELECT ws_item_sk AS item_sk, ws_sold_date_sk AS date_sk, ws_sold_time_sk AS time_sk, ws_ext_sales_price AS price FROM web_sales
    UNION ALL
    SELECT cs_item_sk, cs_sold_date_sk, cs_sold_time_sk, cs_ext_sales_price FROM catalog_sales
    UNION ALL
    SELECT ss_item_sk, ss_sold_date_sk, ss_sold_time_sk, ss_ext_sales_price FROM store_sales
)
SELECT i_brand_id AS brand_id, i_brand AS brand, t_hour, t_minute, sum(price) AS ext_price
FROM sales
JOIN item ON i_item_sk = item_sk
JOIN date_dim ON d_date_sk = date_sk
JOIN time_dim ON t_time_sk = time_sk
WHERE i_manager_id = 1
  AND d_year = 1999
  AND d_moy = 11
  AND t_meal_time IN ('breakfast', 'dinner')
GROUP BY i_brand, i_brand_id, t_hour, t_minute
ORDER BY ext_price DESC, brand_id, brand, t_hour, t_minute
