-- Counties where web sales grew faster than store sales from quarter to quarter
WITH sales AS (
    SELECT 's' AS channel, ss_sold_date_sk AS date_sk, ss_addr_sk AS addr_sk, ss_ext_sales_price AS price FROM store_sales
    UNION ALL
    SELECT 'w', ws_sold_date_sk, ws_bill_addr_sk, ws_ext_sales_price FROM web_sales
),
quarters AS (
    SELECT
        channel,
        ca_county AS county,
        d_year AS year,
        CAST(sum(price) FILTER (WHERE d_qoy = 1) AS double) AS q1,
        CAST(sum(price) FILTER (WHERE d_qoy = 2) AS double) AS q2,
        CAST(sum(price) FILTER (WHERE d_qoy = 3) AS double) AS q3
    FROM sales
    JOIN date_dim ON d_date_sk = date_sk
    JOIN customer_address ON ca_address_sk = addr_sk
    WHERE d_year = 2000
    GROUP BY channel, ca_county, d_year
)
SELECT
    shop.county AS ca_county,
    shop.year AS d_year,
    round(web.q2 / nullif(web.q1, 0), 4) AS web_q1_q2_increase,
    round(shop.q2 / nullif(shop.q1, 0), 4) AS store_q1_q2_increase,
    round(web.q3 / nullif(web.q2, 0), 4) AS web_q2_q3_increase,
    round(shop.q3 / nullif(shop.q2, 0), 4) AS store_q2_q3_increase
FROM quarters shop
JOIN quarters web ON web.county = shop.county
WHERE shop.channel = 's'
  AND web.channel = 'w'
  AND web.q2 / nullif(web.q1, 0) > shop.q2 / nullif(shop.q1, 0)
  AND web.q3 / nullif(web.q2, 0) > shop.q3 / nullif(shop.q2, 0)
ORDER BY ca_county
