-- Averages of web returns by reason, for some pairs of like customers, places and prices
SELECT
    rtrim(substr(CAST(r_reason_desc AS varchar), 1, 20)) AS reason,
    round(CAST(avg(ws_quantity) AS double), 4) AS avg_quantity,
    avg(wr_refunded_cash) AS avg_refunded_cash,
    avg(wr_fee) AS avg_fee
FROM web_sales
JOIN web_returns ON wr_item_sk = ws_item_sk AND wr_order_number = ws_order_number
JOIN web_page ON wp_web_page_sk = ws_web_page_sk
JOIN date_dim ON d_date_sk = ws_sold_date_sk
JOIN customer_demographics AS refunded ON refunded.cd_demo_sk = wr_refunded_cdemo_sk
JOIN customer_demographics AS returning ON returning.cd_demo_sk = wr_returning_cdemo_sk
JOIN customer_address ON ca_address_sk = wr_refunded_addr_sk
JOIN reason ON r_reason_sk = wr_reason_sk
WHERE d_year = 2000
  AND returning.cd_marital_status = refunded.cd_marital_status
  AND returning.cd_education_status = refunded.cd_education_status
  AND ((refunded.cd_marital_status = 'M' AND refunded.cd_education_status = 'Advanced Degree' AND ws_sales_price BETWEEN 100 AND 150)
    OR (refunded.cd_marital_status = 'S' AND refunded.cd_education_status = 'College' AND ws_sales_price BETWEEN 50 AND 100)
    OR (refunded.cd_marital_status = 'W' AND refunded.cd_education_status = '2 yr Degree' AND ws_sales_price BETWEEN 150 AND 200))
  AND ca_country = 'United States'
  AND ((ca_state IN ('IN', 'OH', 'NJ') AND ws_net_profit BETWEEN 100 AND 200)
    OR (ca_state IN ('WI', 'CT', 'KY') AND ws_net_profit BETWEEN 150 AND 300)
    OR (ca_state IN ('LA', 'IA', 'AR') AND ws_net_profit BETWEEN 50 AND 250))
GROUP BY r_reason_desc
ORDER BY reason, avg_quantity, avg_refunded_cash, avg_fee
LIMIT 100
