-- What each warehouse shipped with two carriers in the working hours of a year, by month
WITH shipped AS (
    SELECT
        ws_warehouse_sk AS warehouse_sk,
        ws_sold_date_sk AS date_sk,
        ws_sold_time_sk AS time_sk,
        ws_ship_mode_sk AS ship_mode_sk,
        ws_ext_sales_price * ws_quantity AS sales,
        ws_net_paid * ws_quantity AS net
    FROM web_sales
    UNION ALL
    SELECT cs_warehouse_sk, cs_sold_date_sk, cs_sold_time_sk, cs_ship_mode_sk, cs_sales_price * cs_quantity, cs_net_paid_inc_tax * cs_quantity
    FROM catalog_sales
)
SELECT
    w_warehouse_name,
    w_warehouse_sq_ft,
    w_city,
    w_county,
    w_state,
    w_country,
    'DHL' || ',' || 'BARIAN' AS ship_carriers,
    d_year AS year,
    sum(IF(d_moy = 1, sales, 0)) AS jan_sales,
    sum(IF(d_moy = 2, sales, 0)) AS feb_sales,
    sum(IF(d_moy = 3, sales, 0)) AS mar_sales,
    sum(IF(d_moy = 4, sales, 0)) AS apr_sales,
    sum(IF(d_moy = 5, sales, 0)) AS may_sales,
    sum(IF(d_moy = 6, sales, 0)) AS jun_sales,
    sum(IF(d_moy = 7, sales, 0)) AS jul_sales,
    sum(IF(d_moy = 8, sales, 0)) AS aug_sales,
    sum(IF(d_moy = 9, sales, 0)) AS sep_sales,
    sum(IF(d_moy = 10, sales, 0)) AS oct_sales,
    sum(IF(d_moy = 11, sales, 0)) AS nov_sales,
    sum(IF(d_moy = 12, sales, 0)) AS dec_sales,
    round(CAST(sum(IF(d_moy = 1, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS jan_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 2, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS feb_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 3, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS mar_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 4, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS apr_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 5, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS may_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 6, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS jun_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 7, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS jul_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 8, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS aug_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 9, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS sep_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 10, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS oct_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 11, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS nov_sales_per_sq_foot,
    round(CAST(sum(IF(d_moy = 12, sales, 0)) AS double) / nullif(w_warehouse_sq_ft, 0), 4) AS dec_sales_per_sq_foot,
    sum(IF(d_moy = 1, net, 0)) AS jan_net,
    sum(IF(d_moy = 2, net, 0)) AS feb_net,
    sum(IF(d_moy = 3, net, 0)) AS mar_net,
    sum(IF(d_moy = 4, net, 0)) AS apr_net,
    sum(IF(d_moy = 5, net, 0)) AS may_net,
    sum(IF(d_moy = 6, net, 0)) AS jun_net,
    sum(IF(d_moy = 7, net, 0)) AS jul_net,
    sum(IF(d_moy = 8, net, 0)) AS aug_net,
    sum(IF(d_moy = 9, net, 0)) AS sep_net,
    sum(IF(d_moy = 10, net, 0)) AS oct_net,
    sum(IF(d_moy = 11, net, 0)) AS nov_net,
    sum(IF(d_moy = 12, net, 0)) AS dec_net
FROM shipped
JOIN warehouse ON w_warehouse_sk = warehouse_sk
JOIN date_dim ON d_date_sk = date_sk
JOIN time_dim ON t_time_sk = time_sk
JOIN ship_mode ON sm_ship_mode_sk = ship_mode_sk
WHERE d_year = 2001
  AND t_time BETWEEN 30838 AND 30838 + 28800
  AND sm_carrier IN ('DHL', 'BARIAN')
GROUP BY w_warehouse_name, w_warehouse_sq_ft, w_city, w_county, w_state, w_country, d_year
ORDER BY w_warehouse_name, w_warehouse_sq_ft, w_city, w_county, w_state, w_country
LIMIT 100
