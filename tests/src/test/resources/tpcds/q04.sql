-- Customers whose spending grew faster in the catalog than in the stores and on the web
WITH sales AS (
    SELECT
        's' AS channel,
        ss_customer_sk AS customer_sk,
        ss_sold_date_sk AS date_sk,
        ((ss_ext_list_price - ss_ext_wholesale_cost - ss_ext_discount_amt) + ss_ext_sales_price) / 2 AS amount
    FROM store_sales
    UNION ALL
    SELECT
        'c',
        cs_bill_customer_sk,
        cs_sold_date_sk,
        ((cs_ext_list_price - cs_ext_wholesale_cost - cs_ext_discount_amt) + cs_ext_sales_price) / 2
    FROM catalog_sales
    UNION ALL
    SELECT
        'w',
        ws_bill_customer_sk,
        ws_sold_date_sk,
        ((ws_ext_list_price - ws_ext_wholesale_cost - ws_ext_discount_amt) + ws_ext_sales_price) / 2
    FROM web_sales
),
yearly AS (
    SELECT channel, customer_sk, d_year AS year, CAST(sum(amount) AS double) AS total
    FROM sales
    JOIN date_dim ON d_date_sk = date_sk
    WHERE d_year IN (2001, 2001 + 1)
    GROUP BY channel, customer_sk, d_year
),
growth AS (
    SELECT before.channel, before.customer_sk, later.total / before.total AS rate
    FROM yearly before
    JOIN yearly later ON later.channel = before.channel AND later.customer_sk = before.customer_sk
    WHERE before.year = 2001
      AND later.year = 2001 + 1
      AND before.total > 0
)
SELECT c_customer_id, c_first_name, c_last_name, c_preferred_cust_flag
FROM customer
JOIN growth shop ON shop.customer_sk = c_customer_sk AND shop.channel = 's'
JOIN growth mail ON mail.customer_sk = c_customer_sk AND mail.channel = 'c'
JOIN growth web ON web.customer_sk = c_customer_sk AND web.channel = 'w'
WHERE mail.rate > shop.rate
  AND mail.rate > web.rate
ORDER BY c_customer_id, c_first_name, c_last_name, c_preferred_cust_flag
LIMIT 100
