-- How many days catalog orders take to ship, by warehouse, mode and call center
SELECT
    substring(w_warehouse_name, 1, 20) AS warehouse,
    sm_type,
    cc_name,
    count_if(cs_ship_date_sk - cs_sold_date_sk <= 30) AS "30 days",
    count_if(cs_ship_date_sk - cs_sold_date_sk > 30 AND cs_ship_date_sk - cs_sold_date_sk <= 60) AS "31-60 days",
    count_if(cs_ship_date_sk - cs_sold_date_sk > 60 AND cs_ship_date_sk - cs_sold_date_sk <= 90) AS "61-90 days",
    count_if(cs_ship_date_sk - cs_sold_date_sk > 90 AND cs_ship_date_sk - cs_sold_date_sk <= 120) AS "91-120 days",
    count_if(cs_ship_date_sk - cs_sold_date_sk > 120) AS ">120 days"
FROM catalog_sales
JOIN warehouse ON w_warehouse_sk = cs_warehouse_sk
JOIN ship_mode ON sm_ship_mode_sk = cs_ship_mode_sk
JOIN call_center ON cc_call_center_sk = cs_call_center_sk
JOIN date_dim ON d_date_sk = cs_ship_date_sk
WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
GROUP BY substring(w_warehouse_name, 1, 20), sm_type, cc_name
ORDER BY warehouse, sm_type, cc_name
LIMIT 100
