-- Customers whose spending grew faster on the web than in the stores
WITH spent AS (
    SELECT 's' AS channel, ss_customer_sk AS customer_sk, ss_sold_date_sk AS date_sk, ss_net_paid AS net_paid FROM store_sales
    UNION ALL
    SELECT 'w', ws_bill_customer_sk, ws_sold_date_sk, ws_net_paid FROM web_sales
),
year_total AS (
    SELECT
        channel,
        c_customer_id AS customer_id,
        c_first_name AS first_name,
        c_last_name AS last_name,
        d_year,
        sum(net_paid) AS total
    FROM spent
    JOIN customer ON c_customer_sk = customer_sk
    JOIN date_dim ON d_date_sk = date_sk
    WHERE d_year IN (2001, 2001 + 1)
    GROUP BY channel, c_customer_id, c_first_name, c_last_name, d_year
)
SELECT store_after.customer_id, store_after.first_name, store_after.last_name
FROM year_total AS store_before
JOIN year_total AS store_after ON store_after.customer_id = store_before.customer_id
JOIN year_total AS web_before ON web_before.customer_id = store_before.customer_id
JOIN year_total AS web_after ON web_after.customer_id = store_before.customer_id
WHERE store_before.channel = 's' AND store_before.d_year = 2001
  AND store_after.channel = 's' AND store_after.d_year = 2001 + 1
  AND web_before.channel = 'w' AND web_before.d_year = 2001
  AND web_after.channel = 'w' AND web_after.d_year = 2001 + 1
  AND store_before.total > 0
  AND web_before.total > 0
  AND CAST(web_after.total AS double) / NULLIF(CAST(web_before.total AS double), 0)
    > CAST(store_after.total AS double) / NULLIF(CAST(store_before.total AS double), 0)
ORDER BY store_after.customer_id, store_after.first_name, store_after.last_name
LIMIT 100
